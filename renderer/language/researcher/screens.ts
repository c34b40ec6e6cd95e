/** The texts of the researcher's screens, one file each, in every language the screens speak. A new screen adds its file here. */
import { benchmarks } from './benchmarks.ts';
import { comparisons } from './comparisons.ts';
import { datasets } from './datasets.ts';
import { evaluations } from './evaluations.ts';
import { frame } from './frame.ts';
import { home } from './home.ts';
import { jobs } from './jobs.ts';
import { lab } from './lab.ts';
import { monitor } from './monitor.ts';
import { program } from './program.ts';
import { scenarios } from './scenarios.ts';
import { settings } from './settings.ts';
import { studiesDe } from './studies/de.ts';
import { studiesEn } from './studies/en.ts';
import { training } from './training.ts';

export const SCREEN_TEXTS = {
  benchmarks,
  comparisons,
  datasets,
  evaluations,
  frame,
  home,
  jobs,
  lab,
  monitor,
  program,
  scenarios,
  settings,
  studies: { en: studiesEn, de: studiesDe },
  training,
} as const;

type ScreenTexts = typeof SCREEN_TEXTS;
/** The keys of each screen's texts, as the translator is typed by. */
export type ResearcherResources = { readonly [S in keyof ScreenTexts]: ScreenTexts[S]['en'] };

/** The languages of the researcher's screens, by tag, as each calls itself. */
export const RESEARCHER_LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type ResearcherLanguage = keyof typeof RESEARCHER_LANGUAGES;
