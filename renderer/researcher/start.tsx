/** Starts the researcher's page. */
import { I18nextProvider } from 'react-i18next';
import { startPage } from '../components/startPage.tsx';
import { createResearcherTranslator, rememberedLanguage } from '../language/researcher/translator.ts';
import { adoptFigureStyle } from '../plots/adoptFigureStyle.ts';
import { useResearcher } from '../state/store.ts';
import { App } from './App.tsx';

adoptFigureStyle();
const language = rememberedLanguage();
document.documentElement.lang = language;
startPage(
  <I18nextProvider i18n={createResearcherTranslator(language)}>
    <App />
  </I18nextProvider>,
);
void useResearcher.getState().start();
