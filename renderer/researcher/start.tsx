/** Starts the researcher's page. */
import { startPage } from '../components/startPage.tsx';
import { adoptFigureStyle } from '../plots/adoptFigureStyle.ts';
import { useResearcher } from '../state/store.ts';
import { App } from './App.tsx';

adoptFigureStyle();
startPage(<App />);
void useResearcher.getState().start();
