/** The answer to one app:// request: a page of the role's fixed table with the strict headers, else 404. */
import type { Role } from '../../shared/api.ts';
import { SECURITY_HEADERS } from '../pages/headers.ts';
import type { Pages } from '../pages/pages.ts';
import { roleOfUrl } from './origins.ts';

/** The response to `request` in a session that belongs to `role`; another role's pages do not exist there. */
export function respond(pages: Pages, role: Role, request: Pick<Request, 'url' | 'method'>): Response {
  const isOwn = request.method === 'GET' && roleOfUrl(request.url) === role;
  const page = isOwn ? pages(role, new URL(request.url).pathname) : undefined;
  if (!page)
    return new Response('not found', { status: 404, headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' } });
  return new Response(new Uint8Array(page.body), { headers: { ...SECURITY_HEADERS, 'Content-Type': page.type } });
}
