/** Starts the researcher's page. */
import { startPage } from '../components/startPage.tsx';
import { adoptFigureStyle } from '../plots/adoptFigureStyle.ts';
import { useResearcher } from '../state/store.ts';
import { Home } from './Home.tsx';

adoptFigureStyle();
startPage(<Home />);
void useResearcher.getState().start();
