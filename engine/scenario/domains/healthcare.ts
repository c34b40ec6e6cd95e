/**
 * Healthcare: patients under care for one condition, compared over a day; a third factor is where they are looked after.
 * **Source:** ppt §1.5 (20 traits, 20 episodic factors, two carers); names and wording are ours, every trait stated so that more is better.
 */
import type { EpisodicFactor, Noun, OutcomePhrases, Subject } from './subject.ts';

const helps = (name: string): EpisodicFactor => ({ name, helps: true });
const hurts = (name: string): EpisodicFactor => ({ name, helps: false });

export const PATIENT_TRAITS: readonly string[] = [
  'mildness of disease',
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
  hurts('contact with infection'),
  helps('room comfort'),
  helps('dose punctuality'),
  helps('monitoring attention'),
  helps('bedside care'),
  helps('understanding of instructions'),
  helps('trigger avoidance'),
  hurts('over-exertion'),
  hurts('fasting strain'),
  hurts('caffeine intake'),
  hurts('reliance on rescue medicine'),
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

const CONDITIONS = (
  'asthma, type 2 diabetes, migraine, hay fever, high blood pressure, chronic bronchitis, eczema, back pain, arthritis, heart failure, ' +
  'kidney stones, pneumonia, a hip replacement, a knee operation, a sprained ankle, influenza, anaemia, insomnia, irritable bowel, gout, ' +
  'shingles, tendonitis, vertigo, psoriasis, a broken wrist, sinusitis, coeliac disease, an underactive thyroid, anxiety, food poisoning'
).split(', ');

export const HEALTHCARE: readonly Subject[] = CONDITIONS.map((name, i) => ({
  name,
  activity: name,
  entity: { one: 'patient', many: 'patients' },
  group: { one: 'group', many: 'groups' },
  event: EVENTS[i % EVENTS.length],
  span: 'day',
  stable: PATIENT_TRAITS,
  episodic: PATIENT_FACTORS,
  outcomes: OUTCOMES,
}));
