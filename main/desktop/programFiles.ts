/** What a hidden window that runs programs is served: its page, the page's script and the worker's, each under the narrowest policy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECURITY_HEADERS } from '../pages/headers.ts';

/** Scripts by path. */
export type ProgramFiles = { readonly page: string; readonly worker: string };

/** The page loads one script and starts one worker; nothing else, from nowhere. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** The worker loads code that it was given as text, as blobs; it cannot fetch, nor make code from strings. */
const WORKER_POLICY = "default-src 'none'; script-src blob:";

const HTML = '<!doctype html><meta charset="utf-8"><title>program</title><script src="/page.js"></script>';

/** The bundled scripts, made by the build. */
export function readProgramFiles(folder: string = join(import.meta.dirname, '..', 'programPage')): ProgramFiles {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { page: read('page.js'), worker: read('worker.js') };
}

function answer(body: string, type: string, policy: string): Response {
  const headers = { ...SECURITY_HEADERS, 'Content-Security-Policy': policy, 'Content-Type': `${type}; charset=utf-8` };
  return new Response(body, { headers });
}

/** Answers a window's requests: anything but its three files does not exist. */
export const respondWith =
  (files: ProgramFiles) =>
  (origin: string, { url, method }: Pick<Request, 'url' | 'method'>): Response => {
    if (method === 'GET' && url === `${origin}/`) return answer(HTML, 'text/html', PAGE_POLICY);
    if (method === 'GET' && url === `${origin}/page.js`) return answer(files.page, 'text/javascript', PAGE_POLICY);
    if (method === 'GET' && url === `${origin}/worker.js`)
      return answer(files.worker, 'text/javascript', WORKER_POLICY);
    return new Response('not found', { status: 404, headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' } });
  };
