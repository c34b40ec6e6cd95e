/** The flags of every command that asks a language model, and what they mean. A key is never a flag: it comes from the environment. */
import { UserError } from '../../shared/errors.ts';
import type { LanguageOptions } from '../jobs/languageSession.ts';
import { DEFAULT_CONCURRENCY } from '../jobs/languageSession.ts';
import { chooseProvider, environmentKeys } from '../language/provider.ts';
import { PROTOCOLS } from '../processes/languageMessages.ts';

export const LANGUAGE_FLAGS = {
  provider: {
    type: 'string',
    choices: PROTOCOLS,
    description: 'the protocol of the service; local servers speak openai-compatible',
  },
  'language-model': { type: 'string', placeholder: 'NAME', description: 'the language model, as the service names it' },
  'base-url': { type: 'string', placeholder: 'URL', description: "where the service is; the protocol's own if absent" },
  'key-variable': {
    type: 'string',
    placeholder: 'NAME',
    description: 'environment variable that holds the key, if not the usual one',
  },
  concurrency: {
    type: 'number',
    integer: true,
    min: 1,
    max: 256,
    description: `questions at a time; ${DEFAULT_CONCURRENCY} if absent`,
  },
  'max-cost': { type: 'number', min: 0, description: 'dollars to spend at most, over all runs with this --out' },
  'price-input': { type: 'number', min: 0, description: 'dollars per million tokens read' },
  'price-output': { type: 'number', min: 0, description: 'dollars per million tokens written' },
} as const;

type LanguageValues = {
  readonly provider?: string;
  readonly 'language-model'?: string;
  readonly 'base-url'?: string;
  readonly 'key-variable'?: string;
  readonly concurrency?: number;
  readonly 'max-cost'?: number;
  readonly 'price-input'?: number;
  readonly 'price-output'?: number;
};

/** How to ask, from a command's flags. Throws UserError on a missing or unsafe one. */
export function languageOptions(operation: string, values: LanguageValues): LanguageOptions {
  const provider = chooseProvider(operation, {
    protocol: values.provider,
    languageModel: values['language-model'],
    baseUrl: values['base-url'],
    priceInput: values['price-input'],
    priceOutput: values['price-output'],
  });
  if (values['max-cost'] !== undefined && provider.prices === null)
    throw new UserError(`${operation}: --max-cost needs --price-input and --price-output`, {
      hint: 'The service lists its prices in dollars per million tokens.',
    });
  return {
    provider,
    readKey: environmentKeys(process.env, values['key-variable']),
    concurrency: values.concurrency,
    maxCost: values['max-cost'],
  };
}

/** What was spent, in words. */
export const spendingText = ({ known, possible }: { readonly known: number; readonly possible: number }): string =>
  `$${known.toFixed(4)} spent${possible > 0 ? `, up to $${possible.toFixed(4)} more for replies that were lost` : ''}`;
