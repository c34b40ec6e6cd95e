/** The check sum against published values. */
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../../main/store/crc32c.ts';

describe('crc32c', () => {
  // RFC 3720, appendix B.4; the first is the usual check value of CRC-32C.
  it.each([
    ['the digits 1 to 9', Buffer.from('123456789'), 0xe3069283],
    ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
    ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), 0x46dd794e],
    ['31 to 0', Buffer.from(Array.from({ length: 32 }, (_, i) => 31 - i)), 0x113fdb5c],
    ['nothing', Buffer.alloc(0), 0],
  ])('of %s is as published', (_, bytes, expected) => {
    expect(crc32c(bytes)).toBe(expected);
  });
});
