/** Sports: fifty subjects, each a family's words and lists with what is its own. */
import type { EpisodicFactor, Noun, OutcomePhrases, Subject } from './subject.ts';

type Family = {
  readonly event: Noun;
  readonly outcomes: OutcomePhrases;
  /** Traits and factors that all sports of the family share. */
  readonly stable: readonly string[];
  readonly episodic: readonly EpisodicFactor[];
};

const helps = (name: string): EpisodicFactor => ({ name, helps: true });
const hurts = (name: string): EpisodicFactor => ({ name, helps: false });

const noun = (one: string, many = `${one}s`): Noun => ({ one, many });

const ALWAYS = [helps('effort'), helps('focus'), helps('confidence'), hurts('fatigue'), helps('composure')];

const BODY = [
  ...ALWAYS,
  hurts('soreness'),
  helps('energy'),
  hurts('stiffness'),
  helps('motivation'),
  hurts('nervousness'),
];
const TOUCH = [
  ...ALWAYS,
  hurts('distraction'),
  helps('calmness'),
  hurts('nervousness'),
  helps('alertness'),
  hurts('frustration'),
];
const FIELD = [
  ...ALWAYS,
  helps('alertness'),
  hurts('soreness'),
  helps('motivation'),
  hurts('distraction'),
  helps('sharpness'),
];

const HEAD_TO_HEAD: OutcomePhrases = {
  won: ['beat', 'defeated', 'won against', 'got the better of', 'overcame', 'prevailed over'],
  lost: ['lost to', 'went down to', 'fell to', 'came off worse against'],
};
const RACING: OutcomePhrases = {
  won: ['beat', 'finished ahead of', 'came in before', 'outpaced', 'set a better time than'],
  lost: ['finished behind', 'came in after', 'lost to', 'trailed in behind'],
};
const SCORING: OutcomePhrases = {
  won: ['beat', 'outscored', 'scored higher than', 'placed above', 'did better than'],
  lost: ['scored lower than', 'placed below', 'lost to', 'did worse than'],
};

const FAMILIES = {
  strength: {
    event: noun('bout'),
    outcomes: HEAD_TO_HEAD,
    stable: ['raw strength', 'grip strength', 'leg power', 'core strength', 'stamina', 'technique'],
    episodic: BODY,
  },
  combat: {
    event: noun('bout'),
    outcomes: HEAD_TO_HEAD,
    stable: ['reaction speed', 'balance', 'footwork', 'stamina', 'technique', 'explosive power'],
    episodic: [
      ...ALWAYS,
      hurts('soreness'),
      helps('alertness'),
      hurts('nervousness'),
      helps('aggression'),
      helps('sharpness'),
    ],
  },
  paddle: {
    event: noun('race'),
    outcomes: RACING,
    stable: [
      'endurance',
      'upper-body strength',
      'core strength',
      'lung capacity',
      'stroke technique',
      'sense of rhythm',
    ],
    episodic: BODY,
  },
  race: {
    event: noun('race'),
    outcomes: RACING,
    stable: ['endurance', 'lung capacity', 'leg power', 'top speed', 'running economy', 'pacing skill'],
    episodic: BODY,
  },
  winter: {
    event: noun('race'),
    outcomes: RACING,
    stable: ['endurance', 'balance', 'leg power', 'core strength', 'feel for snow', 'technique'],
    episodic: BODY,
  },
  racket: {
    event: noun('match', 'matches'),
    outcomes: HEAD_TO_HEAD,
    stable: ['hand-eye coordination', 'reaction speed', 'footwork', 'racket control', 'stamina', 'shot placement'],
    episodic: TOUCH,
  },
  field: {
    event: noun('match', 'matches'),
    outcomes: HEAD_TO_HEAD,
    stable: ['game sense', 'sprint speed', 'stamina', 'ball control', 'agility', 'passing accuracy'],
    episodic: FIELD,
  },
  target: {
    event: noun('round'),
    outcomes: SCORING,
    stable: [
      'steadiness of hand',
      'eyesight',
      'aiming skill',
      'sense of distance',
      'patience',
      'consistency of release',
    ],
    episodic: TOUCH,
  },
  display: {
    event: noun('round'),
    outcomes: SCORING,
    stable: ['flexibility', 'balance', 'body control', 'spatial awareness', 'sense of rhythm', 'core strength'],
    episodic: FIELD,
  },
  mind: {
    event: noun('game'),
    outcomes: HEAD_TO_HEAD,
    stable: ['pattern recognition', 'memory', 'strategic depth', 'calculation skill', 'patience', 'decision speed'],
    episodic: TOUCH,
  },
} satisfies Record<string, Family>;

/** What some sports play instead of a ball. */
const NO_BALL: Readonly<Record<string, string>> = { 'ice hockey': 'puck', 'ultimate frisbee': 'disc' };

type SportLine = readonly [name: string, entity: string, own: readonly string[], event?: string];

function sport(family: Family, [name, entity, own, event]: SportLine): Subject {
  return {
    name,
    activity: name,
    entity: noun(entity),
    group: family === FAMILIES.paddle ? noun('crew') : noun('team'),
    span: 'day',
    event: event === undefined ? family.event : noun(event),
    stable: [...own, ...family.stable].map((trait) =>
      trait === 'ball control' ? `${NO_BALL[name] ?? 'ball'} control` : trait,
    ),
    episodic: family.episodic,
    outcomes: family.outcomes,
  };
}

const LINES: Readonly<Record<keyof typeof FAMILIES, readonly SportLine[]>> = {
  strength: [
    ['tug-of-war', 'puller', ['pulling power', 'low stance', 'rope feel', 'heel grip'], 'pull'],
    ['log rolling', 'roller', ['quickness of feet', 'water balance', 'log feel', 'nerve']],
    ['arm wrestling', 'wrestler', ['wrist strength', 'forearm power', 'leverage skill', 'starting speed']],
    ['keg lifting', 'lifter', ['back strength', 'hip power', 'lifting rhythm', 'throwing reach'], 'round'],
  ],
  combat: [
    ['judo', 'judoka', ['throwing skill', 'grip fighting', 'ground skill', 'counter-throw timing']],
    ['fencing', 'fencer', ['blade control', 'lunge reach', 'parry skill', 'sense of distance']],
    ['karate', 'karateka', ['kick speed', 'punch accuracy', 'blocking skill', 'timing']],
    ['wrestling', 'wrestler', ['takedown skill', 'mat control', 'neck strength', 'escape skill']],
    ['taekwondo', 'fighter', ['kick height', 'kick speed', 'range control', 'counter-kick timing']],
    ['boxing', 'boxer', ['punch power', 'jab accuracy', 'head movement', 'guard discipline']],
  ],
  paddle: [
    ['canoe racing', 'paddler', ['steering skill', 'paddle power', 'boat feel', 'starting power']],
    ['rowing', 'rower', ['leg drive', 'blade work', 'boat feel', 'sprint finish']],
    ['dragon-boat racing', 'paddler', ['paddle power', 'timing with others', 'boat feel', 'starting power']],
    ['kayak racing', 'kayaker', ['edge control', 'paddle power', 'reading of the water', 'sprint finish']],
    ['raft racing', 'rafter', ['reading of the water', 'paddle power', 'steering skill', 'nerve']],
  ],
  race: [
    ['relay running', 'runner', ['acceleration', 'baton handling', 'stride length', 'sprint finish']],
    ['cross-country running', 'runner', ['hill strength', 'trail footing', 'stride length', 'toughness']],
    ['track cycling', 'cyclist', ['pedal power', 'bike handling', 'drafting skill', 'sprint finish']],
    ['swimming', 'swimmer', ['stroke technique', 'turn speed', 'underwater glide', 'shoulder power']],
    ['speed skating', 'skater', ['cornering skill', 'glide efficiency', 'starting power', 'low posture']],
    ['orienteering', 'orienteer', ['map reading', 'sense of direction', 'trail footing', 'route choice']],
    ['triathlon', 'triathlete', ['swim technique', 'pedal power', 'transition speed', 'toughness']],
    ['obstacle racing', 'racer', ['grip strength', 'climbing skill', 'agility', 'toughness']],
    ['roller derby', 'skater', ['blocking skill', 'edge control', 'lane awareness', 'hip strength'], 'jam'],
  ],
  winter: [
    ['biathlon', 'biathlete', ['shooting accuracy', 'skiing speed', 'pulse control', 'hill strength']],
    ['cross-country skiing', 'skier', ['double-pole power', 'glide efficiency', 'hill strength', 'lung capacity']],
    ['bobsleigh', 'slider', ['push power', 'steering skill', 'sprint speed', 'nerve'], 'run'],
    ['snowshoe racing', 'racer', ['trail footing', 'stride length', 'hill strength', 'toughness']],
  ],
  racket: [
    ['tennis', 'player', ['serve power', 'net skill', 'backhand strength', 'court coverage']],
    ['badminton', 'player', ['wrist speed', 'smash power', 'court coverage', 'deception']],
    ['table tennis', 'player', ['spin control', 'serve variety', 'wrist speed', 'reading of spin']],
    ['squash', 'player', ['court coverage', 'drop-shot touch', 'volley skill', 'deception']],
    ['padel', 'player', ['wall play', 'lob accuracy', 'net skill', 'smash power']],
    ['pickleball', 'player', ['soft touch', 'net skill', 'serve depth', 'volley skill']],
  ],
  field: [
    ['football', 'player', ['dribbling skill', 'shot power', 'heading skill', 'tackling skill']],
    ['basketball', 'player', ['shooting skill', 'jumping power', 'rebounding skill', 'ball handling'], 'game'],
    ['handball', 'player', ['throwing power', 'jumping power', 'blocking skill', 'wrist speed']],
    ['volleyball', 'player', ['spike power', 'blocking skill', 'serve accuracy', 'jumping power']],
    ['field hockey', 'player', ['stick skill', 'hitting power', 'tackling skill', 'low posture']],
    ['ice hockey', 'player', ['skating speed', 'stick skill', 'shot power', 'edge control']],
    ['rugby', 'player', ['tackling skill', 'raw strength', 'kicking accuracy', 'handling skill']],
    ['water polo', 'player', ['swimming speed', 'throwing power', 'eggbeater kick', 'shoulder power']],
    ['ultimate frisbee', 'player', ['throwing accuracy', 'catching skill', 'cutting speed', 'jumping power'], 'game'],
    ['lacrosse', 'player', ['stick skill', 'throwing power', 'catching skill', 'dodging skill'], 'game'],
    ['dodgeball', 'player', ['throwing power', 'catching skill', 'dodging skill', 'reaction speed'], 'game'],
    ['kabaddi', 'player', ['raiding skill', 'breath control', 'ankle holding', 'escape skill']],
  ],
  target: [
    ['archery', 'archer', ['draw strength', 'string release', 'wind reading', 'breath control']],
    ['darts', 'thrower', ['throwing rhythm', 'wrist control', 'mental arithmetic', 'grouping skill']],
    ['curling', 'curler', ['stone weight control', 'sweeping power', 'reading of the ice', 'line calling'], 'end'],
    ['lawn bowls', 'bowler', ['bias reading', 'length control', 'delivery smoothness', 'grass reading'], 'end'],
    ['bowling', 'bowler', ['hook control', 'spare skill', 'lane reading', 'swing smoothness'], 'game'],
    ['golf', 'golfer', ['driving distance', 'putting touch', 'green reading', 'swing smoothness']],
  ],
  display: [
    ['synchronized diving', 'diver', ['take-off power', 'entry control', 'twisting skill', 'courage']],
    ['gymnastics', 'gymnast', ['tumbling skill', 'strength for weight', 'landing control', 'courage']],
    ['sport climbing', 'climber', ['finger strength', 'route reading', 'reach', 'footwork']],
    ['surfing', 'surfer', ['wave reading', 'paddling power', 'pop-up speed', 'board control'], 'heat'],
    ['skateboarding', 'skater', ['board control', 'trick range', 'landing control', 'courage'], 'heat'],
  ],
  mind: [
    ['team chess', 'player', ['opening knowledge', 'endgame skill', 'attacking vision', 'time management']],
    ['bridge', 'player', ['bidding judgement', 'card counting', 'declarer skill', 'defensive signalling']],
    ['quiz bowl', 'player', ['breadth of knowledge', 'recall speed', 'buzzer speed', 'reasoning skill'], 'round'],
    ['arena gaming', 'player', ['mouse accuracy', 'map awareness', 'reaction speed', 'mechanical skill']],
  ],
};

const isFamily = (name: string): name is keyof typeof FAMILIES => Object.hasOwn(FAMILIES, name);

export const SPORTS: readonly Subject[] = Object.entries(LINES).flatMap(([family, lines]) =>
  isFamily(family) ? lines.map((line) => sport(FAMILIES[family], line)) : [],
);
