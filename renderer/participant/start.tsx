/** Starts the participant's page. */
import { startPage } from '../components/startPage.tsx';
import { useParticipant } from '../state/participantStore.ts';
import { isStation, useStation } from '../state/stationStore.ts';
import { Questionnaire } from './Questionnaire.tsx';
import { StationGate } from './StationGate.tsx';

const startParticipant = (): void => void useParticipant.getState().start();

startPage(
  <StationGate onSeated={startParticipant}>
    <Questionnaire />
  </StationGate>,
);
if (isStation()) void useStation.getState().start();
