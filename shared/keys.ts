/** Keys of language services: the researcher types one, the host keeps it sealed, and no page ever sees more than its end again. */
import { z } from 'zod';

/** The services a key can be kept for, by the protocol they speak. */
export const KEY_PROVIDERS = ['openai-compatible', 'google', 'anthropic'] as const;
export const keyProviderSchema = z.enum(KEY_PROVIDERS);
export type KeyProvider = z.infer<typeof keyProviderSchema>;

/** A key that is kept, by its last four characters. */
export const keySummarySchema = z.strictObject({ provider: keyProviderSchema, lastFour: z.string().max(4) });

/** `isPersistent` is false where the system has no keyring to seal with: then keys are gone when Credence ends, and `notice` says so. */
export const keysSchema = z.strictObject({
  isPersistent: z.boolean(),
  notice: z.string().nullable(),
  keys: z.array(keySummarySchema),
});
export type Keys = z.infer<typeof keysSchema>;

const role = 'researcher';

/** The part of the contract on keys. */
export const KEY_PROCEDURES = {
  'keys.list': { role, input: z.strictObject({}), output: keysSchema },
  'keys.set': {
    role,
    input: z.strictObject({ provider: keyProviderSchema, key: z.string().min(8).max(400) }),
    output: keysSchema,
  },
  'keys.remove': { role, input: z.strictObject({ provider: keyProviderSchema }), output: keysSchema },
} as const;
