/**
 * Healthcare: patients under care for one condition, compared over a day; a third factor is where they are looked after.
 * **Source:** ppt §1.5 (20 traits, 20 episodic factors, two carers); names and wording are ours, every trait stated so that more is better.
 */
import type { EpisodicFactor, Noun, OutcomePhrases, Subject } from './subject.ts';

const helps = (name: string): EpisodicFactor => ({ name, helps: true });
const hurts = (name: string): EpisodicFactor => ({ name, helps: false });

export const PATIENT_TRAITS: readonly string[] = [
  'mildness of the condition',
  'immune strength',
  'general resilience',
  'airway calmness',
  'pain tolerance',
  'drug tolerance',
  'drug responsiveness',
  'glucose control',
  'kidney function',
  'clotting balance',
  'inflammation control',
  'migraine resistance',
  'circulatory stability',
  'allergy resistance',
  'fluid balance',
  'emotional steadiness',
  'sleep efficiency',
  'digestive regularity',
  'mobility reserve',
  'cognitive reserve',
];

export const PATIENT_FACTORS: readonly EpisodicFactor[] = [
  helps('medication adherence'),
  helps('treatment technique'),
  helps('hydration'),
  helps('healthy eating'),
  helps('light activity'),
  helps('rest'),
  hurts('stress'),
  hurts('allergen exposure'),
  hurts('infection exposure'),
  helps('room comfort'),
  helps('dose punctuality'),
  helps('monitoring attention'),
  helps('bedside care'),
  helps('instruction recall'),
  helps('trigger avoidance'),
  hurts('over-exertion'),
  hurts('fasting strain'),
  hurts('caffeine intake'),
  hurts('rescue-medicine use'),
  hurts('treatment delay'),
];

const OUTCOMES: OutcomePhrases = {
  won: ['recovered better than', 'improved more than', 'did better than', 'responded better than'],
  lost: ['recovered less well than', 'improved less than', 'did worse than', 'responded less well than'],
};

/** The two places or people who look after the patients of a scenario. */
export const CARE_SITES: readonly (readonly [string, string])[] = [
  ['Harbour Clinic', 'Hillside Clinic'],
  ['North Hospital', 'Lakeside Hospital'],
  ['Nurse Holt', 'Nurse Brand'],
  ['Nurse Vale', 'Nurse Lund'],
  ['Riverside Ward', 'Garden Ward'],
  ['the Oak Street practice', 'the Mill Lane practice'],
  ['Dr Hale', 'Dr Moss'],
];

const EVENTS: readonly Noun[] = [
  { one: 'session', many: 'sessions' },
  { one: 'check-up', many: 'check-ups' },
  { one: 'assessment', many: 'assessments' },
];

/** A condition and the traits and factors that bear on it, besides those that bear on all. */
type ConditionLine = readonly [name: string, traits: string, factors: string];

/** Of the lists above; what no line names bears on every condition. */
const CONDITIONS: readonly ConditionLine[] = [
  [
    'asthma',
    'airway calmness, allergy resistance, immune strength',
    'allergen exposure, infection exposure, trigger avoidance, rescue-medicine use, over-exertion',
  ],
  ['type 2 diabetes', 'glucose control, kidney function, circulatory stability', 'fasting strain, over-exertion'],
  [
    'migraine',
    'migraine resistance, circulatory stability',
    'trigger avoidance, rescue-medicine use, caffeine intake, fasting strain',
  ],
  ['hay fever', 'airway calmness, allergy resistance', 'allergen exposure, trigger avoidance, rescue-medicine use'],
  ['high blood pressure', 'circulatory stability, kidney function', 'caffeine intake, over-exertion'],
  [
    'chronic bronchitis',
    'airway calmness, immune strength, inflammation control',
    'infection exposure, trigger avoidance, rescue-medicine use, over-exertion',
  ],
  ['eczema', 'allergy resistance, inflammation control', 'allergen exposure, trigger avoidance'],
  ['back pain', 'mobility reserve, inflammation control', 'rescue-medicine use, over-exertion'],
  ['arthritis', 'mobility reserve, inflammation control', 'rescue-medicine use, over-exertion'],
  [
    'heart failure',
    'circulatory stability, kidney function, mobility reserve',
    'infection exposure, caffeine intake, over-exertion',
  ],
  ['kidney stones', 'kidney function', 'fasting strain, rescue-medicine use'],
  ['pneumonia', 'immune strength, airway calmness, inflammation control', 'infection exposure, over-exertion'],
  ['a hip fracture', 'mobility reserve, clotting balance, circulatory stability', 'over-exertion, rescue-medicine use'],
  [
    'a torn knee ligament',
    'mobility reserve, clotting balance, inflammation control',
    'over-exertion, rescue-medicine use',
  ],
  [
    'a sprained ankle',
    'mobility reserve, clotting balance, inflammation control',
    'over-exertion, rescue-medicine use',
  ],
  ['influenza', 'immune strength, airway calmness', 'infection exposure, over-exertion'],
  ['anaemia', 'clotting balance, circulatory stability, digestive regularity', 'fasting strain, over-exertion'],
  ['insomnia', 'cognitive reserve', 'caffeine intake, rescue-medicine use'],
  [
    'irritable bowel',
    'digestive regularity, inflammation control',
    'trigger avoidance, caffeine intake, fasting strain',
  ],
  ['gout', 'kidney function, inflammation control', 'trigger avoidance, rescue-medicine use, fasting strain'],
  ['shingles', 'immune strength, inflammation control', 'infection exposure, over-exertion'],
  ['tendonitis', 'mobility reserve, inflammation control', 'over-exertion, rescue-medicine use'],
  [
    'vertigo',
    'circulatory stability, cognitive reserve, migraine resistance',
    'trigger avoidance, caffeine intake, fasting strain',
  ],
  ['psoriasis', 'inflammation control, immune strength', 'trigger avoidance, infection exposure'],
  ['a broken wrist', 'mobility reserve, clotting balance', 'over-exertion, rescue-medicine use'],
  [
    'sinusitis',
    'airway calmness, allergy resistance, immune strength',
    'allergen exposure, infection exposure, rescue-medicine use',
  ],
  ['coeliac disease', 'digestive regularity, immune strength', 'trigger avoidance, allergen exposure'],
  [
    'an underactive thyroid',
    'circulatory stability, digestive regularity, cognitive reserve',
    'fasting strain, over-exertion',
  ],
  ['anxiety', 'cognitive reserve', 'trigger avoidance, caffeine intake, rescue-medicine use'],
  ['food poisoning', 'digestive regularity, immune strength', 'infection exposure, fasting strain'],
];

const namesIn = (list: string): string[] => list.split(', ');
const SPECIFIC = new Set(CONDITIONS.flatMap(([, traits, factors]) => [...namesIn(traits), ...namesIn(factors)]));

export const HEALTHCARE: readonly Subject[] = CONDITIONS.map(([name, traits, factors], i) => {
  const bears = (item: string): boolean =>
    !SPECIFIC.has(item) || namesIn(traits).includes(item) || namesIn(factors).includes(item);
  return {
    name,
    activity: name,
    entity: { one: 'patient', many: 'patients' },
    group: { one: 'group', many: 'groups' },
    event: EVENTS[i % EVENTS.length],
    span: 'day',
    stable: PATIENT_TRAITS.filter(bears),
    episodic: PATIENT_FACTORS.filter((factor) => bears(factor.name)),
    outcomes: OUTCOMES,
  };
});
