/** Codes that participants take away: one to withdraw their data with, one that says they are done. */
import { createHash, randomBytes } from 'node:crypto';

/** Crockford's digits: no I, L, O or U to misread. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 10 digits of 5 bits. */
const LENGTH = 10;

const toCode = (bytes: Buffer): string => Array.from(bytes.subarray(0, LENGTH), (byte) => DIGITS[byte & 31]).join('');

/** A new withdrawal code: 50 random bits, written `ABCDE-12345`. */
export function createWithdrawalCode(): string {
  const code = toCode(randomBytes(LENGTH));
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** What is stored of a withdrawal code, however it was typed: SHA-256 of its digits. */
export function hashWithdrawalCode(code: string): Buffer {
  const digits = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return createHash('sha256').update(`withdrawal:${digits}`).digest();
}

/** A completion code where the study names none: it follows from the participant and the number of stored answers, so it can be checked. */
export const deriveCompletionCode = (participantId: string, studyHash: string, responses: number): string =>
  toCode(createHash('sha256').update(`completion:${studyHash}:${participantId}:${responses}`).digest());
