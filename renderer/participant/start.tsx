/** Starts the participant's page. */
import { I18nextProvider } from 'react-i18next';
import { call, enter } from '../api.ts';
import { startPage } from '../components/startPage.tsx';
import { createTranslator } from '../language/language.ts';
import { createParticipantStore, ParticipantContext } from '../state/participantStore.ts';
import { isStation, useStation } from '../state/stationStore.ts';
import { createAssetLoader } from './assets.ts';
import { StationGate } from './StationGate.tsx';
import { AssetContext } from './screens/Stimuli.tsx';
import { TakingPart } from './screens/TakingPart.tsx';
import { describeVisit } from './visit.ts';
import { createWriter, untilOnline, watchPage } from './watchPage.ts';

const store = createParticipantStore({
  call,
  storage: window.localStorage,
  wait: untilOnline,
  now: () => performance.now(),
  enter,
  describeVisit,
  writeSoon: createWriter(),
});
const startParticipant = (): void => {
  watchPage(store.getState());
  void store.getState().start();
};

startPage(
  <I18nextProvider i18n={createTranslator(navigator.language)}>
    <ParticipantContext value={store}>
      <AssetContext value={createAssetLoader(call)}>
        <StationGate onSeated={startParticipant}>
          <TakingPart />
        </StationGate>
      </AssetContext>
    </ParticipantContext>
  </I18nextProvider>,
);
if (isStation()) void useStation.getState().start();
