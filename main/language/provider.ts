/** Provider: which service is asked, where its key comes from and what it charges. A key is read when it is needed and kept nowhere. */
import { UserError } from '../../shared/errors.ts';
import { type LanguageEndpoint, PROTOCOLS, type Protocol } from '../processes/languageMessages.ts';

/** Dollars per million tokens. */
export type Prices = { readonly input: number; readonly output: number };

/** Gives the key of a protocol's service, from the environment or a secret store; undefined where there is none. */
export type ReadKey = (protocol: Protocol) => string | undefined;

export type Provider = { readonly endpoint: LanguageEndpoint; readonly prices: Prices | null };

type Service = { readonly baseUrl: string; readonly variables: readonly string[] };

const SERVICES: Readonly<Record<Protocol, Service>> = {
  'openai-compatible': { baseUrl: 'https://api.openai.com/v1', variables: ['OPENAI_API_KEY'] },
  google: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    variables: ['GEMINI_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
  },
  anthropic: { baseUrl: 'https://api.anthropic.com/v1', variables: ['ANTHROPIC_API_KEY'] },
};

/** Reads keys from environment variables: the service's usual ones, or `variable` alone. */
export const environmentKeys =
  (environment: Readonly<Record<string, string | undefined>>, variable?: string): ReadKey =>
  (protocol) => {
    const names = variable === undefined ? SERVICES[protocol].variables : [variable];
    return names.map((name) => environment[name]).find(Boolean);
  };

/** What to set where a key is missing. */
export const keyHint = (protocol: Protocol): string =>
  `Set ${SERVICES[protocol].variables.join(' or ')}, or name another variable with --key-variable.`;

export const isLoopback = (url: URL): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb)
    throw new UserError(`--base-url: expected an address such as http://127.0.0.1:8080/v1, received "${text}"`);
  if (url.username || url.password)
    throw new UserError('--base-url: an address must not carry a password', {
      hint: 'Keys come from the environment.',
    });
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new UserError(`--base-url: ${url.origin} is not encrypted; keys and texts would travel in the clear`, {
      hint: 'Use https, or reach the server through a tunnel to this machine.',
    });
  return text.replace(/\/+$/, '');
}

export type ProviderChoice = {
  readonly protocol: string | undefined;
  readonly languageModel: string | undefined;
  readonly baseUrl?: string;
  readonly priceInput?: number;
  readonly priceOutput?: number;
};

/** A provider from what was asked for. Throws UserError on an unknown protocol, a missing name, an address that is none or unsafe. */
export function chooseProvider(operation: string, choice: ProviderChoice): Provider {
  const protocol = PROTOCOLS.find((name) => name === choice.protocol);
  if (!protocol)
    throw new UserError(
      `${operation}: --provider: expected one of ${PROTOCOLS.join(', ')}, received ${choice.protocol === undefined ? 'nothing' : `"${choice.protocol}"`}`,
    );
  if (!choice.languageModel)
    throw new UserError(`${operation}: --language-model is missing`, {
      hint: 'Name it as the service does, such as --language-model gemini-3-pro-preview.',
    });
  const { priceInput: input, priceOutput: output } = choice;
  const isLocal = choice.baseUrl !== undefined && isLoopback(new URL(checkedUrl(choice.baseUrl)));
  const free = isLocal ? { input: 0, output: 0 } : null;
  return {
    endpoint: {
      protocol,
      baseUrl: checkedUrl(choice.baseUrl ?? SERVICES[protocol].baseUrl),
      languageModel: choice.languageModel,
    },
    prices: input === undefined && output === undefined ? free : { input: input ?? 0, output: output ?? 0 },
  };
}
