/** Texts of the evaluation screen and its table. */
const en = {
  title: 'Evaluations',
  what: 'evaluations',
  whatOne: 'the evaluation',
  start: 'Evaluate…',
  empty:
    'An evaluation asks the base transformer and adapters the queries of a held-out split and measures how far they are from the programs, beside floors that use nothing of the scenario.',
  'form.title': 'Evaluate adapters',
  'form.transformer': 'Transformer',
  'form.dataset': 'Dataset',
  'form.noDataset': 'Build a dataset first.',
  'form.split': 'Split',
  'form.splitHint': 'Choose on validation, report on test.',
  'form.adapters': 'Adapters',
  'form.noAdapter': 'No run has an adapter yet; the base is evaluated alone.',
  'form.seedHint': "Of the intervals' resamples.",
  'form.submit': 'Evaluate',
  'view.origin': 'transformer {{transformer}} · dataset {{dataset}}, {{split}} split',
  'view.intervals':
    'Intervals: percentile bootstrap over whole scenarios, {{replicates, number}} resamples, seed {{seed}}. “contests turned around” shows what knowing the convention alone would give.',
  'table.title': 'Evaluation',
  'table.caption':
    'Distance from the program’s answers on held-out test queries. MAE of the mean in points of the 0–100 scale, KL divergence in nats, each with its {{level}} % interval; smaller is better.',
  'table.source': 'Source of answers',
  'table.queries': 'Queries',
  'table.mae': 'MAE (points)',
  'table.divergence': 'KL (nats)',
  'table.byKind': 'MAE by kind of query (points)',
};

const de: Record<keyof typeof en, string> = {
  title: 'Auswertungen',
  what: 'Auswertungen',
  whatOne: 'Auswertung',
  start: 'Auswerten…',
  empty:
    'Eine Auswertung stellt dem Basis-Transformer und Adaptern die Fragen eines zurückgehaltenen Teils und misst, wie weit sie von den Programmen entfernt sind, neben Untergrenzen, die nichts vom Szenario verwenden.',
  'form.title': 'Adapter auswerten',
  'form.transformer': 'Transformer',
  'form.dataset': 'Datensatz',
  'form.noDataset': 'Bauen Sie zuerst einen Datensatz.',
  'form.split': 'Teil',
  'form.splitHint': 'Mit validation auswählen, über test berichten.',
  'form.adapters': 'Adapter',
  'form.noAdapter': 'Noch kein Lauf hat einen Adapter; nur die Basis wird ausgewertet.',
  'form.seedHint': 'Der Bootstrap-Stichproben für die Intervalle.',
  'form.submit': 'Auswerten',
  'view.origin': 'Transformer {{transformer}} · Datensatz {{dataset}}, Teil {{split}}',
  'view.intervals':
    'Intervalle: Perzentil-Bootstrap über ganze Szenarien, {{replicates, number}} Stichproben, Startwert {{seed}}. „contests turned around“ zeigt, was allein die Kenntnis der Konvention ergäbe.',
  'table.title': 'Auswertung',
  'table.caption':
    'Abstand von den Antworten des Programms auf zurückgehaltene Testfragen. MAE des Mittelwerts in Punkten der Skala 0–100, KL-Divergenz in Nats, jeweils mit {{level}}-%-Intervall; kleiner ist besser.',
  'table.source': 'Quelle der Antworten',
  'table.queries': 'Fragen',
  'table.mae': 'MAE (Punkte)',
  'table.divergence': 'KL (Nats)',
  'table.byKind': 'MAE nach Art der Frage (Punkte)',
};

export const evaluations = { en, de };
