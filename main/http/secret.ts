/** Secrets that sign a page in: random, handed out once, and kept by their hash only. */
import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 24;

/** 192 random bits as text. */
export const createSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** What is kept of a secret and looked up by: so the time a look-up takes tells nothing about it. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
