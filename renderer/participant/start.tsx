/** Starts the participant's page. */
import { startPage } from '../components/startPage.tsx';
import { useParticipant } from '../state/participantStore.ts';
import { Questionnaire } from './Questionnaire.tsx';

startPage(<Questionnaire />);
void useParticipant.getState().start();
