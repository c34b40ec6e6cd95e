/** General: over two hundred fields of work and nature, each with its entities (people, machines, plants, animals, texts) and their lists. */
import type { EpisodicFactor, Noun, OutcomePhrases, Subject } from './subject.ts';

type Family = {
  readonly event: Noun;
  readonly span: string;
  readonly stable: readonly string[];
  readonly episodic: readonly EpisodicFactor[];
  readonly outcomes: OutcomePhrases;
};

const helps = (name: string): EpisodicFactor => ({ name, helps: true });
const hurts = (name: string): EpisodicFactor => ({ name, helps: false });
const noun = (one: string, many = `${one}s`): Noun => ({ one, many });

const WORK: OutcomePhrases = {
  won: ['outperformed', 'did better than', 'achieved more than', 'came out ahead of', 'surpassed'],
  lost: ['underperformed against', 'did worse than', 'achieved less than', 'fell short of', 'came out behind'],
};
const OUTPUT: OutcomePhrases = {
  won: ['outperformed', 'did better than', 'delivered more than', 'came out ahead of', 'ran better than'],
  lost: ['underperformed against', 'did worse than', 'delivered less than', 'fell short of', 'ran worse than'],
};
const GROWTH: OutcomePhrases = {
  won: ['outperformed', 'fared better than', 'did better than', 'came out ahead of'],
  lost: ['fared worse than', 'did worse than', 'fell behind', 'came out behind'],
};

/** Ten families; the lists hold for every field of a family. */
const FAMILIES = {
  service: {
    event: noun('shift'),
    span: 'day',
    stable: [
      'patience',
      'job knowledge',
      'politeness',
      'attention to detail',
      'experience',
      'speed of work',
      'tact',
      'memory',
    ],
    episodic: [
      helps('effort'),
      helps('focus'),
      hurts('fatigue'),
      hurts('stress'),
      helps('cheerfulness'),
      hurts('background noise'),
      helps('team support'),
      hurts('time pressure'),
    ],
    outcomes: WORK,
  },
  craft: {
    event: noun('job'),
    span: 'day',
    stable: [
      'manual skill',
      'material knowledge',
      'precision',
      'planning skill',
      'experience',
      'physical stamina',
      'sense of proportion',
      'tool mastery',
    ],
    episodic: [
      helps('effort'),
      helps('concentration'),
      hurts('fatigue'),
      helps('tool condition'),
      hurts('time pressure'),
      helps('motivation'),
      hurts('distraction'),
      helps('material quality'),
    ],
    outcomes: WORK,
  },
  office: {
    event: noun('task'),
    span: 'day',
    stable: [
      'analytical skill',
      'expertise',
      'writing skill',
      'judgement',
      'thoroughness',
      'planning skill',
      'numeracy',
      'experience',
    ],
    episodic: [
      helps('effort'),
      helps('concentration'),
      hurts('fatigue'),
      hurts('disturbance'),
      helps('preparation'),
      hurts('time pressure'),
      helps('motivation'),
      hurts('stress'),
    ],
    outcomes: WORK,
  },
  learning: {
    event: noun('exercise'),
    span: 'day',
    stable: [
      'aptitude',
      'prior knowledge',
      'memory',
      'curiosity',
      'study discipline',
      'learning speed',
      'reasoning skill',
      'persistence',
    ],
    episodic: [
      helps('effort'),
      helps('attention'),
      hurts('tiredness'),
      hurts('nervousness'),
      helps('preparation'),
      hurts('distraction'),
      helps('interest'),
      helps('sleep quality'),
    ],
    outcomes: WORK,
  },
  stage: {
    event: noun('performance'),
    span: 'day',
    stable: [
      'talent',
      'technique',
      'stage presence',
      'sense of rhythm',
      'training quality',
      'expressiveness',
      'stamina',
      'memory',
    ],
    episodic: [
      helps('effort'),
      helps('focus'),
      hurts('stage fright'),
      hurts('fatigue'),
      helps('rehearsal quality'),
      helps('energy'),
      hurts('distraction'),
      helps('rapport'),
    ],
    outcomes: WORK,
  },
  machine: {
    event: noun('test run'),
    span: 'day',
    stable: [
      'build quality',
      'power',
      'efficiency',
      'precision',
      'durability',
      'design quality',
      'cooling capacity',
      'stability',
    ],
    episodic: [
      hurts('load'),
      hurts('wear'),
      helps('calibration'),
      helps('maintenance quality'),
      hurts('vibration'),
      hurts('overheating'),
      helps('supply quality'),
      helps('operator care'),
    ],
    outcomes: OUTPUT,
  },
  software: {
    event: noun('trial'),
    span: 'day',
    stable: [
      'code quality',
      'algorithm quality',
      'memory efficiency',
      'robustness',
      'precision',
      'design quality',
      'scalability',
      'test coverage',
    ],
    episodic: [
      hurts('server load'),
      hurts('network delay'),
      helps('cache warmth'),
      helps('data quality'),
      hurts('background traffic'),
      helps('tuning'),
      hurts('memory pressure'),
      helps('configuration quality'),
    ],
    outcomes: OUTPUT,
  },
  crop: {
    event: noun('survey'),
    span: 'season',
    stable: [
      'seed quality',
      'root depth',
      'disease resistance',
      'drought tolerance',
      'growth vigour',
      'frost tolerance',
      'nutrient uptake',
      'leaf area',
    ],
    episodic: [
      helps('water supply'),
      helps('sunlight'),
      hurts('pest pressure'),
      hurts('weed pressure'),
      helps('soil care'),
      hurts('heat stress'),
      helps('nutrient supply'),
      hurts('wind damage'),
    ],
    outcomes: GROWTH,
  },
  animal: {
    event: noun('trial'),
    span: 'day',
    stable: [
      'strength',
      'breeding quality',
      'intelligence',
      'endurance',
      'calmness of temperament',
      'keenness of senses',
      'agility',
      'training quality',
    ],
    episodic: [
      helps('alertness'),
      hurts('hunger'),
      hurts('fatigue'),
      hurts('anxiety'),
      helps('handler rapport'),
      helps('eagerness'),
      hurts('heat stress'),
      hurts('distraction'),
    ],
    outcomes: GROWTH,
  },
  enterprise: {
    event: noun('month'),
    span: 'year',
    stable: [
      'management quality',
      'brand strength',
      'capital strength',
      'staff expertise',
      'location quality',
      'product quality',
      'cost discipline',
      'reputation',
    ],
    episodic: [
      helps('demand'),
      helps('staff morale'),
      hurts('supply trouble'),
      hurts('price pressure'),
      helps('advertising reach'),
      hurts('staff shortage'),
      helps('customer traffic'),
      hurts('equipment downtime'),
    ],
    outcomes: GROWTH,
  },
} satisfies Record<string, Family>;

/** `field:entity` or `field:entity:plural`. */
const FIELDS: Readonly<Record<keyof typeof FAMILIES, string>> = {
  service:
    'retail sales:clerk|call centres:agent|hotel reception:receptionist|restaurant service:waiter|airport check-in:clerk|parcel delivery:courier|taxi driving:driver|bus driving:driver|hairdressing:hairdresser|' +
    'house cleaning:cleaner|tour guiding:guide|library service:librarian|bank counters:teller|pharmacy counters:assistant|museum guiding:guide|childcare:carer|home nursing:carer|emergency dispatch:dispatcher|' +
    'technical support:agent|travel booking:agent|property viewing:agent|bicycle rental:attendant|ticket offices:clerk|street markets:vendor',
  craft:
    'carpentry:carpenter|bricklaying:bricklayer|plumbing:plumber|house painting:painter|roofing:roofer|tailoring:tailor|shoemaking:shoemaker|pottery:potter|glassblowing:glassblower|blacksmithing:smith|' +
    'watch repair:repairer|car repair:mechanic|bicycle repair:mechanic|electrical work:electrician|welding:welder|bookbinding:bookbinder|instrument making:maker|stone carving:carver|tiling:tiler|upholstery:upholsterer|' +
    'baking:baker|butchery:butcher|cheese making:cheesemaker|pastry making:pastry cook|brewing:brewer|coffee roasting:roaster|gardening:gardener|tree surgery:climber|jewellery making:jeweller|sail making:sailmaker',
  office:
    'bookkeeping:bookkeeper|tax advice:adviser|auditing:auditor|contract law:lawyer|translation:translator|copy editing:editor|news reporting:reporter|market research:analyst|weather forecasting:forecaster|' +
    'insurance claims:assessor|credit rating:analyst|recruitment:recruiter|event planning:planner|city planning:planner|project management:manager|procurement:buyer|data entry:clerk|graphic design:designer|' +
    'patent search:examiner|fact checking:checker|grant writing:writer|logistics planning:planner|stock trading:trader|customs inspection:inspector|food inspection:inspector|archive research:researcher',
  learning:
    'mathematics lessons:pupil|language lessons:learner|spelling contests:speller|geography lessons:pupil|chemistry practicals:student|physics practicals:student|debating clubs:debater|driving lessons:learner|' +
    'typing courses:trainee|first-aid courses:trainee|cooking courses:trainee|flight training:cadet|sailing courses:trainee|coding camps:student|robotics camps:student|history quizzes:pupil|reading groups:reader|' +
    'memory training:trainee|firefighter training:recruit|nursing school:student',
  stage:
    'piano recitals:pianist|string playing:violinist|choir singing:singer|opera:singer|jazz:soloist|ballet:dancer|street dance:dancer|stand-up comedy:comedian|improvised theatre:actor|drama:actor|circus arts:acrobat|' +
    'juggling:juggler|magic shows:magician|puppetry:puppeteer|poetry slams:poet|storytelling evenings:storyteller|drumming:drummer|public speaking:speaker',
  machine:
    'wind farming:turbine|solar power:panel|water pumping:pump|steel rolling:mill|printing:press:presses|packaging:packing line|bottling:bottling line|textile weaving:loom|injection moulding:moulding machine|laser cutting:cutter|' +
    'warehouse robotics:robot|drone delivery:drone|satellite imaging:satellite|elevator service:elevator|air conditioning:cooler|refrigeration:freezer|rail freight:locomotive|shipping:cargo ship|crane operation:crane|tunnel boring:drill|' +
    'harvest machinery:harvester|snow clearing:plough|medical imaging:scanner|laboratory analysis:analyser|telescope surveys:telescope|electric-car testing:car|battery storage:battery:batteries|heat pumps:heat pump|coffee machines:machine|3D printing:printer',
  software:
    'web search:search engine|spam filtering:filter|machine translation:translator program|speech recognition:recogniser|route planning:planner program|chess engines:engine|image compression:codec|video streaming:stream server|' +
    'fraud detection:detector|weather simulation:simulator|protein folding:predictor|recommendation systems:recommender|text summarising:summariser|face recognition:matcher|online payment:payment server|database service:database|' +
    'cloud storage:storage server|traffic control:controller|antivirus scanning:scanner program|optical reading:reader program',
  crop:
    'wheat growing:wheat plot|rice growing:rice field|maize growing:maize plot|tomato growing:tomato bed|apple orchards:apple tree|vineyards:vine|olive groves:olive tree|potato growing:potato bed|rose breeding:rose bush:rose bushes|' +
    'tulip fields:tulip bed|tea gardens:tea plot|coffee growing:coffee plot|cotton growing:cotton plot|forest nurseries:seedling|spinach growing:spinach bed|strawberry growing:strawberry bed|hop growing:hop row|greenhouse lettuce:lettuce bed',
  animal:
    'sheepdog trials:dog|sled-dog teams:dog|search-dog training:dog|guide-dog schools:dog|horse jumping:horse|dressage:horse|pigeon racing:pigeon|falconry:falcon|dairy farming:cow|beekeeping:hive|fish farming:tank|' +
    'carriage driving:horse|truffle hunting:dog|poultry farming:flock|camel racing:camel|mine-detection training:rat',
  enterprise:
    'bakeries:bakery:bakeries|bookshops:bookshop|cinemas:cinema|cafés:café|supermarkets:supermarket|gyms:gym|hotels:hotel|campsites:campsite|car dealers:dealer|print shops:print shop|toy makers:toy maker|furniture makers:furniture maker|' +
    'breweries:brewery:breweries|airlines:airline|ferry lines:ferry line|food trucks:food truck|flower shops:flower shop|pharmacies:pharmacy:pharmacies|start-up hubs:start-up|community theatres:theatre|city museums:museum|ski resorts:resort',
};

const isFamily = (name: string): name is keyof typeof FAMILIES => Object.hasOwn(FAMILIES, name);

/** Where enterprises are, since their field is their own name. */
const PLACES = ['a coastal town', 'one big city', 'a mountain region', 'a border district'];
const PEOPLE_FAMILIES = ['service', 'craft', 'office', 'learning', 'stage'];

function field(family: keyof typeof FAMILIES, text: string): Subject {
  const [name, one, many] = text.split(':');
  const { event, span, stable, episodic, outcomes } = FAMILIES[family];
  return {
    name,
    activity: family === 'enterprise' ? PLACES[name.length % PLACES.length] : name,
    entity: noun(one, many),
    group: noun('group'),
    event,
    span,
    stable,
    episodic,
    outcomes,
    ...(PEOPLE_FAMILIES.includes(family) ? {} : { hasThings: true }),
  };
}

export const GENERAL: readonly Subject[] = Object.entries(FIELDS).flatMap(([family, fields]) =>
  isFamily(family) ? fields.split('|').map((text) => field(family, text)) : [],
);
