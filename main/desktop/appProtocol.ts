/** The app:// scheme, and that of programs: registered without any privilege to bypass the content policy, answered from the fixed table of pages. */
import { protocol, type Session } from 'electron';
import type { Role } from '../../shared/api.ts';
import type { Pages } from '../pages/pages.ts';
import { respond } from './appResponse.ts';
import { PROGRAM_SCHEME, SCHEME } from './origins.ts';

/** Must run before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: PROGRAM_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Answers app:// in `session` with the pages of `role` only. */
export const serveApp = (session: Session, role: Role, pages: Pages): void =>
  session.protocol.handle(SCHEME, (request) => respond(pages, role, request));
