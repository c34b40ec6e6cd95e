/** Starts the researcher's page. */
import { createRoot } from 'react-dom/client';
import { Home } from './Home.tsx';

const root = document.getElementById('root');
if (root) createRoot(root).render(<Home />);
