/** Starts the participant's page. */
import { createRoot } from 'react-dom/client';
import { useParticipant } from '../state/participantStore.ts';
import { Questionnaire } from './Questionnaire.tsx';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(<Questionnaire />);
  void useParticipant.getState().start();
}
