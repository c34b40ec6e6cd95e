/** The participant's store over a host within the page, which forgets everything with the preview. */
import { createParticipantStore } from '../../state/participantStore.ts';
import type { PreviewHost } from './previewHost.ts';

/** A place for texts that forgets them with the preview. */
function passingTexts() {
  const texts = new Map<string, string>();
  return {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => void texts.set(name, text),
    removeItem: (name: string) => void texts.delete(name),
  };
}

/** A store over `host`, as the participant's page has one over the real host. */
export function createPreviewStore({ call }: Pick<PreviewHost, 'call'>) {
  return createParticipantStore({
    call,
    storage: passingTexts(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    now: () => performance.now(),
    enter: async () => undefined,
    describeVisit: () => ({}),
    writeSoon: (write) => write(),
  });
}
