/** The words a new study begins with, in English and German. `{n}` stands for the number of scenarios, `{minutes}` for how long it takes. */
import type { QueryKind } from '../../../shared/queryKind.ts';

type Heading = { readonly title: string; readonly body: string };
type Check = { readonly text: string; readonly options: Readonly<Record<string, string>> };
type ScaleTexts = { readonly lowLabel: string; readonly highLabel: string; readonly unit: string };

/** Every text of a new study in one language. */
export type StarterTexts = {
  readonly description: string;
  readonly consent: Heading & { readonly agree: string };
  readonly instructions: Heading;
  readonly tutorial: Heading & { readonly question: string; readonly low: string; readonly high: string };
  readonly comprehension: Heading & { readonly uncertain: Check; readonly contest: Check };
  readonly debrief: Heading;
  readonly dataChoice: Heading;
  readonly endings: Readonly<
    Record<'completed' | 'declined' | 'failed-comprehension' | 'stopped' | 'withdrawn', Heading>
  >;
  readonly scales: Readonly<Record<QueryKind, ScaleTexts>>;
};

/** The languages a new study can begin in. */
export const STARTER_LOCALES = ['en', 'de'] as const;
export type StarterLocale = (typeof STARTER_LOCALES)[number];

const en: StarterTexts = {
  description: '{n} short scenarios, each judged on lines from 0 to 100.',
  consent: {
    title: 'Taking part',
    body: 'You will read {n} short descriptions and judge what they suggest about the people in them. It takes about {minutes} minutes. Your answers are stored without your name.\n\nYou may stop at any time without giving a reason, and at the end you decide whether your answers may be used.',
    agree: 'I have read this and agree to take part.',
  },
  instructions: {
    title: 'How it works',
    body: 'Each page tells of a few events and asks questions about them. Most have no certain answer: give the one that seems most sensible from what you read.\n\nYou answer by pressing on a line from 0 to 100. Nothing is marked until you press it, and you can move your mark as often as you like.',
  },
  tutorial: {
    title: 'Try it',
    body: 'This is for practice only; your answer is not used.',
    question: 'How certain is it that the sun will shine somewhere on Earth tomorrow?',
    low: '0: impossible',
    high: '100: certain',
  },
  comprehension: {
    title: 'A short check',
    body: 'Two questions, to be sure that the task is clear.',
    uncertain: {
      text: 'What should you do when an answer is not certain?',
      options: {
        sensible: 'Give the answer that seems most sensible',
        middle: 'Always answer 50',
        skip: 'Leave the question out',
      },
    },
    contest: {
      text: 'What does the middle of the line mean?',
      options: { even: 'Neither end is favoured', low: 'The left end is right', high: 'The right end is right' },
    },
  },
  debrief: {
    title: 'What this was about',
    body: 'We compare how people judge uncertain situations with what computer programs conclude from the same facts. There were no right answers. If you have questions, ask the person in charge.',
  },
  dataChoice: {
    title: 'Your data',
    body: 'May we use your answers? If you change your mind later, the code below lets the person in charge erase them.',
  },
  endings: {
    completed: {
      title: 'Thank you',
      body: 'Your answers have been saved. Please tell the person in charge that you have finished.',
    },
    declined: { title: 'That is fine', body: 'You are not taking part, and no answers were stored.' },
    'failed-comprehension': {
      title: 'Thank you for your time',
      body: 'The study ends here, because the check was not passed. Please tell the person in charge.',
    },
    stopped: { title: 'You have stopped', body: 'What you answered so far is kept. Please tell the person in charge.' },
    withdrawn: {
      title: 'Your data are erased',
      body: 'Nothing of what you answered is left. Thank you for your time.',
    },
  },
  scales: {
    rank: { lowLabel: '0: below all others', highLabel: '100: above all others', unit: 'place among 100' },
    percentage: { lowLabel: '0: not at all', highLabel: '100: as much as possible', unit: '%' },
    contest: {
      lowLabel: '0: surely the first side',
      highLabel: '100: surely the second side',
      unit: '% chance that the second side wins',
    },
    probability: { lowLabel: '0: impossible', highLabel: '100: certain', unit: '% chance' },
    quantity: { lowLabel: 'lowest', highLabel: 'highest', unit: '' },
  },
};

const de: StarterTexts = {
  description: '{n} kurze Szenarien, jeweils auf Linien von 0 bis 100 beurteilt.',
  consent: {
    title: 'Teilnahme',
    body: 'Sie lesen {n} kurze Beschreibungen und beurteilen, was sie über die Menschen darin nahelegen. Das dauert etwa {minutes} Minuten. Ihre Antworten werden ohne Ihren Namen gespeichert.\n\nSie können jederzeit und ohne Angabe von Gründen aufhören, und am Ende entscheiden Sie, ob Ihre Antworten verwendet werden dürfen.',
    agree: 'Ich habe dies gelesen und möchte teilnehmen.',
  },
  instructions: {
    title: 'So geht es',
    body: 'Jede Seite erzählt von einigen Ereignissen und stellt Fragen dazu. Auf die meisten gibt es keine sichere Antwort: Geben Sie die, die Ihnen nach dem Gelesenen am sinnvollsten erscheint.\n\nSie antworten, indem Sie auf eine Linie von 0 bis 100 drücken. Vorher ist nichts markiert, und Sie können Ihre Markierung beliebig oft verschieben.',
  },
  tutorial: {
    title: 'Zum Ausprobieren',
    body: 'Dies dient nur der Übung; Ihre Antwort wird nicht verwendet.',
    question: 'Wie sicher ist es, dass morgen irgendwo auf der Erde die Sonne scheint?',
    low: '0: unmöglich',
    high: '100: sicher',
  },
  comprehension: {
    title: 'Eine kurze Prüfung',
    body: 'Zwei Fragen, damit die Aufgabe sicher klar ist.',
    uncertain: {
      text: 'Was sollen Sie tun, wenn eine Antwort nicht sicher ist?',
      options: {
        sensible: 'Die Antwort geben, die am sinnvollsten erscheint',
        middle: 'Immer mit 50 antworten',
        skip: 'Die Frage auslassen',
      },
    },
    contest: {
      text: 'Was bedeutet die Mitte der Linie?',
      options: {
        even: 'Keines der Enden wird bevorzugt',
        low: 'Das linke Ende stimmt',
        high: 'Das rechte Ende stimmt',
      },
    },
  },
  debrief: {
    title: 'Worum es ging',
    body: 'Wir vergleichen, wie Menschen unsichere Situationen beurteilen, mit dem, was Computerprogramme aus denselben Tatsachen schließen. Es gab keine richtigen Antworten. Bei Fragen wenden Sie sich an die Versuchsleitung.',
  },
  dataChoice: {
    title: 'Ihre Daten',
    body: 'Dürfen wir Ihre Antworten verwenden? Falls Sie es sich später anders überlegen, kann die Versuchsleitung sie mit dem Code unten löschen.',
  },
  endings: {
    completed: {
      title: 'Vielen Dank',
      body: 'Ihre Antworten sind gespeichert. Bitte sagen Sie der Versuchsleitung, dass Sie fertig sind.',
    },
    declined: { title: 'In Ordnung', body: 'Sie nehmen nicht teil, und es wurden keine Antworten gespeichert.' },
    'failed-comprehension': {
      title: 'Danke für Ihre Zeit',
      body: 'Die Studie endet hier, weil die Prüfung nicht bestanden wurde. Bitte geben Sie der Versuchsleitung Bescheid.',
    },
    stopped: {
      title: 'Sie haben aufgehört',
      body: 'Ihre bisherigen Antworten bleiben erhalten. Bitte geben Sie der Versuchsleitung Bescheid.',
    },
    withdrawn: {
      title: 'Ihre Daten sind gelöscht',
      body: 'Von Ihren Antworten ist nichts übrig. Danke für Ihre Zeit.',
    },
  },
  scales: {
    rank: { lowLabel: '0: unter allen anderen', highLabel: '100: über allen anderen', unit: 'Platz unter 100' },
    percentage: { lowLabel: '0: gar nicht', highLabel: '100: so sehr wie möglich', unit: '%' },
    contest: {
      lowLabel: '0: sicher die erste Seite',
      highLabel: '100: sicher die zweite Seite',
      unit: '% Wahrscheinlichkeit, dass die zweite Seite gewinnt',
    },
    probability: { lowLabel: '0: unmöglich', highLabel: '100: sicher', unit: '% Wahrscheinlichkeit' },
    quantity: { lowLabel: 'am niedrigsten', highLabel: 'am höchsten', unit: '' },
  },
};

/** The texts by language. */
export const STARTER_TEXTS: Readonly<Record<StarterLocale, StarterTexts>> = { en, de };
