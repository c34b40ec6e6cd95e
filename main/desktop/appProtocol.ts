/** The app:// scheme: each role's pages from the fixed table, with the strict headers; anything else is 404. */
import { protocol, type Session } from 'electron';
import type { Role } from '../../shared/api.ts';
import { SECURITY_HEADERS } from '../pages/headers.ts';
import type { Pages } from '../pages/pages.ts';
import { roleOfUrl, SCHEME } from './origins.ts';

/** Must run before the application is ready. The content policy is never bypassed. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** The response to one request of a session that belongs to `role`. */
export function respond(
  pages: Pages,
  role: Role,
  request: { readonly url: string; readonly method: string },
): Response {
  const page =
    request.method === 'GET' && roleOfUrl(request.url) === role
      ? pages(role, new URL(request.url).pathname)
      : undefined;
  if (!page)
    return new Response('not found', { status: 404, headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' } });
  return new Response(new Uint8Array(page.body), { headers: { ...SECURITY_HEADERS, 'Content-Type': page.type } });
}

/** Answers app:// in `session` with the pages of `role` only. */
export const serveApp = (session: Session, role: Role, pages: Pages): void =>
  session.protocol.handle(SCHEME, (request) => respond(pages, role, request));
