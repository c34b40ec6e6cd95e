/** Starts the researcher's page. */
import { createRoot } from 'react-dom/client';
import { adoptFigureStyle } from '../plots/adoptFigureStyle.ts';
import { useResearcher } from '../state/store.ts';
import { Home } from './Home.tsx';

const root = document.getElementById('root');
if (root) {
  adoptFigureStyle();
  createRoot(root).render(<Home />);
  void useResearcher.getState().start();
  // What other processes add to the workspace shows when the researcher comes back to the window.
  window.addEventListener('focus', () => {
    const { info, loadStudies } = useResearcher.getState();
    if (info.status === 'ready') void loadStudies();
  });
}
