/** The other two protocols over HTTP: where the key goes, what the request holds, and how replies and their costs are read. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { createAsker } from '../../../main/language/asker.ts';
import { chooseProvider } from '../../../main/language/provider.ts';
import { openLanguageQueue } from '../../../main/store/languageQueue.ts';
import { scratchFolder } from '../../scratch.ts';

const REPLIES = {
  google: {
    candidates: [{ content: { role: 'model', parts: [{ text: 'from Google' }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 500, totalTokenCount: 1500 },
  },
  anthropic: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'tiny',
    content: [{ type: 'text', text: 'from Anthropic' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 1000, output_tokens: 500 },
  },
} as const;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

it.each([
  ['google', '/v1beta', '/v1beta/models/tiny:generateContent', 'x-goog-api-key', 'from Google'],
  ['anthropic', '/v1', '/v1/messages', 'x-api-key', 'from Anthropic'],
] as const)('speaks the protocol of %s', async (protocol, base, path, header, text) => {
  const seen: { url: string | undefined; key: unknown; body: string }[] = [];
  const server = createServer(async (request, response) => {
    seen.push({ url: request.url, key: request.headers[header], body: await bodyOf(request) });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(REPLIES[protocol]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const queue = openLanguageQueue(join(scratchFolder(), 'queue.sqlite'));
  const baseUrl = `http://127.0.0.1:${port}${base}`;
  const provider = chooseProvider('test', { protocol, languageModel: 'tiny', baseUrl, priceInput: 1, priceOutput: 10 });
  const asker = createAsker({
    queue,
    provider,
    readKey: () => 'k-1',
    random: createRandom(1),
    concurrency: 1,
    maxCost: 1,
  });
  try {
    const answer = await asker.ask({
      instructions: 'Be brief.',
      turns: [{ role: 'user', text: 'Hello?' }],
      temperature: 0,
      maxOutputTokens: 50,
      replicate: 0,
    });
    expect(answer).toEqual({ text, isWhole: true, inputTokens: 1000, outputTokens: 500 });
    expect(seen).toEqual([{ url: path, key: 'k-1', body: expect.stringContaining('Hello?') }]);
    expect(seen[0].body).toContain('Be brief.');
    expect(asker.spending()).toEqual({ known: 0.006, possible: 0 });
  } finally {
    asker.stop();
    queue.close();
    await new Promise((resolve) => server.close(resolve));
  }
});
