/** Requests of a page: a scheme of the application is mapped to an https host that does not exist and answered by its handler. */
import type { DevtoolsSession } from './devtools.ts';
import type { StandInSession } from './session.ts';

const HOST_ENDING = '.stand-in.invalid';

/** `app://researcher/x` as the browser sees it: `https://researcher.app.stand-in.invalid/x`. Other addresses stay. */
export function toBrowserUrl(url: string, schemes: ReadonlyMap<string, unknown>): string {
  const match = /^([a-z]+):\/\/([^/]*)(.*)$/.exec(url);
  return match && schemes.has(match[1]) ? `https://${match[2]}.${match[1]}${HOST_ENDING}${match[3]}` : url;
}

/** The application's own address for one the browser shows. */
export function toApplicationUrl(url: string): string {
  const match = /^https:\/\/([^/]+)\.([a-z]+)\.stand-in\.invalid(.*)$/.exec(url);
  return match ? `${match[2]}://${match[1]}${match[3]}` : url;
}

/** The origin of an address in the application's words. */
export function applicationOrigin(url: string): string {
  const match = /^([a-z]+:\/\/[^/?#]+)/.exec(toApplicationUrl(url));
  return match ? match[1] : 'null';
}

export type PausedRequest = {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly resourceType: string;
  readonly frameId: string;
};

async function fulfil(page: DevtoolsSession, paused: PausedRequest, response: Response): Promise<void> {
  await page.send('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}

/** Answers every request of `page` from the session's handlers; `mayNavigate` decides about documents. Other hosts are left to the network. */
export async function interceptRequests(
  page: DevtoolsSession,
  session: StandInSession,
  mayNavigate: (paused: PausedRequest) => boolean,
): Promise<void> {
  page.on('Fetch.requestPaused', (params) => {
    const paused = params as PausedRequest;
    const { requestId, request, resourceType } = paused;
    const url = toApplicationUrl(request.url);
    let isCancelled = false;
    session.requests.filter({ url }, ({ cancel = false }) => {
      isCancelled = cancel;
    });
    const isAllowed = !isCancelled && (resourceType !== 'Document' || mayNavigate(paused));
    const handler = session.schemes.get(url.split(':')[0]);
    const done = !isAllowed
      ? page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : handler
        ? Promise.resolve(handler(new Request(url, { method: request.method }))).then((answer) =>
            fulfil(page, paused, answer),
          )
        : page.send('Fetch.continueRequest', { requestId });
    // A request of a page that has just closed has nobody to answer to.
    Promise.resolve(done).catch(() => undefined);
  });
  await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}
