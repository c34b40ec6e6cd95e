/** Starts the researcher's page. */
import { I18nextProvider } from 'react-i18next';
import { startPage } from '../components/startPage.tsx';
import { createResearcherTranslator } from '../language/researcher/researcherLanguage.ts';
import { adoptFigureStyle } from '../plots/adoptFigureStyle.ts';
import { useResearcher } from '../state/store.ts';
import { App } from './App.tsx';

adoptFigureStyle();
startPage(
  <I18nextProvider i18n={createResearcherTranslator()}>
    <App />
  </I18nextProvider>,
);
void useResearcher.getState().start();
