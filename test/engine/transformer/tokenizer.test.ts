/** Every string, chat and id list of the recorded tokenizers, ids compared exactly. */
import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '../../../engine/transformer/tokenizer.ts';
import { answerTokens, createTokenizer } from '../../../engine/transformer/tokenizer.ts';
import { readJson } from './goldens.ts';

type TokensGolden = {
  readonly number_ids: number[][];
  readonly gt_id: number;
  readonly strings: {
    text: string;
    ids: number[];
    ids_special: number[];
    decoded: string;
    decoded_skip_special?: string;
  }[];
  readonly chats: { messages: ChatMessage[]; add_generation_prompt: boolean; text: string; ids: number[] }[];
  readonly decode: { ids: number[]; text: string; text_skip: string }[];
};

describe.each(['tiny-llama3', 'tiny-qwen2'])('%s', (name) => {
  const tokenizer = createTokenizer(
    readJson('tokenizers', name, 'tokenizer.json'),
    readJson('tokenizers', name, 'tokenizer_config.json'),
  );
  const golden = readJson<TokensGolden>('tokenizers', name, 'tokens.json');

  test('every string gives the recorded ids, with and without special tokens', () => {
    for (const { text, ids, ids_special: special } of golden.strings) {
      expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids);
      expect(tokenizer.encode(text, { addSpecial: true }), JSON.stringify(text)).toEqual(special);
    }
  });

  test('ids decode to the recorded text', () => {
    for (const string of golden.strings) {
      expect(tokenizer.decode(string.ids)).toBe(string.decoded);
      expect(tokenizer.decode(string.ids_special, { skipSpecial: true })).toBe(
        string.decoded_skip_special ?? string.decoded,
      );
    }
  });

  test('random ids decode to the recorded text, broken UTF-8 included', () => {
    for (const { ids, text, text_skip: skipped } of golden.decode) {
      expect(tokenizer.decode(ids)).toBe(text);
      expect(tokenizer.decode(ids, { skipSpecial: true })).toBe(skipped);
    }
  });

  test('chats render to the recorded text and ids', () => {
    for (const chat of golden.chats) {
      const text = tokenizer.renderChat(chat.messages, { addGenerationPrompt: chat.add_generation_prompt });
      expect(text).toBe(chat.text);
      expect(tokenizer.encode(text)).toEqual(chat.ids);
    }
  });

  test('the 101 answers have the recorded tokens', () => {
    const { answerIds, closeId } = answerTokens(tokenizer);
    expect(answerIds).toEqual(golden.number_ids);
    expect(closeId).toBe(golden.gt_id);
  });
});
