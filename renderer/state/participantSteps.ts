/** The part of the participant's store that moves through the study: check-in, consent, the way back, pausing and stopping, the data choice. */
import { settle } from './loadable.ts';
import type { ParticipantPage } from './participantPage.ts';
import type { ParticipantState } from './participantStore.ts';

type Steps = Pick<ParticipantState, 'checkIn' | 'consent' | 'chooseData' | 'back' | 'act'>;

export function createSteps(page: ParticipantPage): Steps {
  const { getState, setState, clock, journey, options, here } = page;
  const { call, now } = options;
  return {
    checkIn: (choices) => page.take({ name: 'participant.checkIn', input: { ...choices, ...options.describeVisit() } }),
    async consent(decision) {
      const trialIndex = page.trialIndex();
      if (trialIndex === null) return;
      const dwellMs = clock.read(now())?.elapsedMs ?? 0;
      await page.take({ name: 'participant.consent', input: { ...decision, trialIndex, dwellMs } });
    },
    async chooseData(choice) {
      const found = here();
      const trialIndex = page.trialIndex();
      if (!found || trialIndex === null) return;
      await page.take({ name: 'participant.dataChoice', input: { trialIndex, choice } });
      if (choice === 'erase' && here()?.isRefused === false) journey.forget(found.place);
    },
    async back() {
      const trialIndex = page.trialIndex();
      if (trialIndex === null || getState().progress !== 'idle') return;
      setState({ progress: 'sending' });
      await page.show(call('participant.back', { trialIndex }).then(journey.at));
    },
    async act(act) {
      const found = here();
      if (!found) return;
      if (act === 'help') setState({ hasAskedForHelp: true });
      const done = call('participant.act', { act });
      if (act === 'help') return void (await settle(done));
      await page.show(done.then(journey.at));
      if (act === 'withdraw') journey.forget(found.place);
    },
  };
}
