/** Texts of the window around the researcher's screens. */
const en = {
  screens: 'Screens',
  'screen.home': 'Studies and reports',
  'screen.scenarios': 'Scenarios',
  'screen.datasets': 'Datasets',
  'screen.training': 'Training',
  'screen.evaluations': 'Evaluations',
  'screen.comparisons': 'Comparisons',
  'screen.benchmarks': 'Benchmarks',
  'screen.studies': 'Study editor',
  'screen.sessions': 'Sessions',
  'screen.monitor': 'Monitor',
  'screen.lab': 'Lab stations',
  'screen.settings': 'Settings',
  'palette.go': 'Go to {{screen}}',
  'language.title': 'Language',
};

const de: Record<keyof typeof en, string> = {
  screens: 'Ansichten',
  'screen.home': 'Studien und Berichte',
  'screen.scenarios': 'Szenarien',
  'screen.datasets': 'Datensätze',
  'screen.training': 'Training',
  'screen.evaluations': 'Auswertungen',
  'screen.comparisons': 'Vergleiche',
  'screen.benchmarks': 'Benchmarks',
  'screen.studies': 'Studien-Editor',
  'screen.sessions': 'Sitzungen',
  'screen.monitor': 'Monitor',
  'screen.lab': 'Laborplätze',
  'screen.settings': 'Einstellungen',
  'palette.go': 'Gehe zu {{screen}}',
  'language.title': 'Sprache',
};

export const frame = { en, de };
