/** Choosing a provider: what is refused, and where keys are read. */
import { describe, expect, it } from 'vitest';
import { chooseProvider, environmentKeys, type ProviderChoice } from '../../../main/language/provider.ts';

const choose = (more: Partial<ProviderChoice>) =>
  chooseProvider('synthesize', { protocol: 'openai-compatible', languageModel: 'tiny', ...more });

describe('chooseProvider', () => {
  it('knows each service by its address, and that a local server is free', () => {
    expect(choose({ protocol: 'google' })).toEqual({
      endpoint: {
        protocol: 'google',
        baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
        languageModel: 'tiny',
      },
      prices: null,
    });
    expect(choose({ baseUrl: 'http://127.0.0.1:8080/v1/' })).toMatchObject({
      endpoint: { baseUrl: 'http://127.0.0.1:8080/v1' },
      prices: { input: 0, output: 0 },
    });
    expect(choose({ priceInput: 2 }).prices).toEqual({ input: 2, output: 0 });
  });

  it.each([
    [{ protocol: 'telepathy' }, /expected one of openai-compatible, google, anthropic, received "telepathy"/],
    [{ protocol: undefined }, /received nothing/],
    [{ languageModel: undefined }, /--language-model is missing/],
    [{ baseUrl: 'elsewhere' }, /expected an address such as/],
    [{ baseUrl: 'ftp://example.org' }, /expected an address such as/],
    [{ baseUrl: 'https://me:secret@example.org' }, /must not carry a password/],
    [{ baseUrl: 'http://example.org/v1' }, /is not encrypted/],
  ])('refuses %o', (choice, message) => {
    expect(() => choose(choice)).toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringMatching(message) }),
    );
  });
});

describe('environmentKeys', () => {
  it('reads the usual variables of a service, or the one that was named', () => {
    const environment = { GEMINI_API_KEY: '', GOOGLE_GENERATIVE_AI_API_KEY: 'g', MINE: 'm' };
    expect(environmentKeys(environment)('google')).toBe('g');
    expect(environmentKeys(environment)('anthropic')).toBeUndefined();
    expect(environmentKeys(environment, 'MINE')('anthropic')).toBe('m');
  });
});
