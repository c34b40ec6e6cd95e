/** Replies of language models: the answer in the words, samples per query, refusals and replies without an answer counted. */
import { describe, expect, it } from 'vitest';
import { countReplies, gatherReplies, parseReply, type Reply } from '../../../engine/evaluation/replies.ts';

const reply = (text: string, more: Partial<Reply> = {}): Reply => ({
  scenarioId: 'a',
  queryId: 'q',
  source: 'external',
  sourceId: 'words',
  text,
  isRefused: false,
  ...more,
});

describe('a reply', () => {
  it.each([
    ['<42>', 42],
    ['I think 3 of them win, so < 70 >.', 70],
    ['About 65, maybe 70', 65],
    ['0', 0],
    ['100', 100],
    ['<33.5>', 33.5],
    ['<120>', null],
    ['-5', null],
    ['none of them', null],
    ['', null],
  ])('%j holds %j', (text, value) => {
    expect(parseReply(text)).toBe(value);
  });
});

describe('replies to one query', () => {
  it('become samples; refusals and unreadable ones are counted, seeds kept apart', () => {
    const answers = gatherReplies([
      reply('<40>'),
      reply('<60>'),
      reply('I cannot', { isRefused: true }),
      reply('hard to say'),
      reply('<10>', { seed: 2 }),
      reply('<90>', { queryId: 'r' }),
    ]);
    expect(answers).toEqual([
      {
        scenarioId: 'a',
        queryId: 'q',
        source: 'external',
        sourceId: 'words',
        mean: 50,
        samples: [40, 60],
        replies: { asked: 4, refused: 1, unparsed: 1 },
      },
      {
        scenarioId: 'a',
        queryId: 'q',
        source: 'external',
        sourceId: 'words',
        seed: 2,
        mean: 10,
        samples: [10],
        replies: { asked: 1, refused: 0, unparsed: 0 },
      },
      {
        scenarioId: 'a',
        queryId: 'r',
        source: 'external',
        sourceId: 'words',
        mean: 90,
        samples: [90],
        replies: { asked: 1, refused: 0, unparsed: 0 },
      },
    ]);
    expect(countReplies(answers)).toEqual({ asked: 6, refused: 1, unparsed: 1 });
    expect(countReplies([])).toBeNull();
  });

  it('that all hold no answer are refused by name, never dropped', () => {
    expect(() => gatherReplies([reply('no'), reply('', { isRefused: true })])).toThrow(
      'external words: none of 2 replies to query q of scenario a holds an answer (1 refused, 1 not readable)',
    );
  });
});
