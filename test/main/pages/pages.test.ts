/** The table of pages: what it names is served, to the role it belongs to, and nothing else exists. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { respond } from '../../../main/desktop/appResponse.ts';
import { CONTENT_POLICY, SECURITY_HEADERS } from '../../../main/pages/headers.ts';
import { FILE_TABLE, loadPages } from '../../../main/pages/pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'credence-pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HTML = 'text/html; charset=utf-8';
mkdirSync(join(folder, 'assets'));
for (const name of ['index.html', 'participant.html', 'secret.txt', 'assets/a.js'])
  writeFileSync(join(folder, name), name);
const files = { 'index.html': HTML, 'participant.html': HTML, 'assets/a.js': 'text/javascript' };
const entries = { researcher: 'index.html', participant: 'participant.html' };
writeFileSync(join(folder, FILE_TABLE), JSON.stringify({ entries, files }));
const pages = loadPages(folder);

describe('loadPages', () => {
  it('starts each role at its own page and gives both the same assets', () => {
    expect(pages('researcher', '/')?.body.toString()).toBe('index.html');
    expect(pages('participant', '/')?.body.toString()).toBe('participant.html');
    expect(pages('participant', '/assets/a.js')).toMatchObject({ type: 'text/javascript' });
  });

  it('has nothing that the table does not name, however it is asked for', () => {
    const paths = [
      '/secret.txt',
      '/files.json',
      '/index.html',
      '/../package.json',
      '//',
      '',
      '/assets/../secret.txt',
      '/toString',
    ];
    for (const path of paths) expect(pages('participant', path), path).toBeUndefined();
  });

  it('says what to run where the screens were not built', () => {
    expect(() => loadPages(join(folder, 'nothing'))).toThrow(
      expect.objectContaining({
        message: 'the screens are not built: expected a table of their files, found none',
        hint: 'run: npm run build',
        location: { file: join(folder, 'nothing', FILE_TABLE) },
      }),
    );
  });
});

describe('respond', () => {
  it('answers with every security header', () => {
    const response = respond(pages, 'researcher', { url: 'app://researcher/', method: 'GET' });
    expect(response.status).toBe(200);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(response.headers.get(name), name).toBe(value);
  });

  it('is 404, with the same headers, for another role, scheme, method or file', () => {
    const requests = [
      { url: 'app://participant/', method: 'GET' },
      { url: 'app://researcher.evil/', method: 'GET' },
      { url: 'https://researcher/', method: 'GET' },
      { url: 'file:///etc/passwd', method: 'GET' },
      { url: 'app://researcher/', method: 'POST' },
      { url: 'app://researcher/%2e%2e/package.json', method: 'GET' },
    ];
    for (const request of requests) {
      const response = respond(pages, 'researcher', request);
      expect(response.status, request.url).toBe(404);
      expect(response.headers.get('Content-Security-Policy')).toBe(CONTENT_POLICY);
    }
  });
});

describe('the content policy', () => {
  it('starts from nothing and allows neither inline code, eval, frames nor other origins', () => {
    expect(CONTENT_POLICY).toMatch(/^default-src 'none';/);
    for (const refused of ['unsafe-inline', 'unsafe-eval', 'wasm-unsafe-eval', 'http:', 'https:', '*'])
      expect(CONTENT_POLICY).not.toContain(refused);
    for (const directive of ['frame-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(CONTENT_POLICY).toContain(`${directive} 'none'`);
    expect(CONTENT_POLICY).toContain("require-trusted-types-for 'script'");
  });
});
