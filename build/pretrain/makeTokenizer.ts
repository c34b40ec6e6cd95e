/**
 * Makes the shipped transformer's tokenizer: byte-level BPE in Llama 3's form, learned from the generator's texts and the reading questions. Words
 * the texts use often (names, numbers) are whole tokens, so that each of 0–100 and each name is one.
 * Usage: node build/pretrain/makeTokenizer.ts OUT_FOLDER
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { PEOPLE } from '../../engine/scenario/names.ts';
import { renderPrompt } from '../../engine/scenario/prompt.ts';
import { BYTE_CHARACTERS, learnMerges, spellBytes } from './bytePairs.ts';
import { pretrainingScenario, TOKENIZER_SEED } from './corpus.ts';
import { makeQuestion, READING_KINDS, readEvents, readingSource } from './readingQuestions.ts';

const SCENARIOS = 4000;
const MERGES = 300;
/** A word this frequent is a token even where no merges lead to it. */
const MIN_COUNT = 40;
export const SPECIALS = ['<|begin_of_text|>', '<|user|>', '<|assistant|>', '<|end|>'] as const;
/** Llama 3's split: words with the space before them, digits in groups of up to three, runs of punctuation, line ends. */
const SPLIT =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const CHAT_TEMPLATE =
  "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}" +
  "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

function countWords(): Map<string, number> {
  const pattern = new RegExp(SPLIT.replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)", "'(?:s|t|re|ve|m|ll|d)"), 'gu');
  const counts = new Map<string, number>();
  const add = (text: string, times = 1): void => {
    for (const [word] of text.matchAll(pattern)) counts.set(word, (counts.get(word) ?? 0) + times);
  };
  for (let answer = 0; answer <= 100; answer++) add(String(answer), MIN_COUNT);
  for (const name of PEOPLE) {
    add(name, MIN_COUNT);
    add(` ${name}`, MIN_COUNT);
  }
  for (let index = 0; index < SCENARIOS; index++) {
    const random = createRandom(TOKENIZER_SEED).split('text', index);
    const scenario = pretrainingScenario(TOKENIZER_SEED, index);
    scenario.queries.forEach((query, i) => {
      const { context, question } = renderPrompt(scenario, query);
      add(i === 0 ? context + question : question);
    });
    const events = readEvents(scenario.conditions);
    const source = readingSource(scenario, events);
    for (const kind of READING_KINDS) add(makeQuestion(random.split(kind), source, { [kind]: 1 }).question);
  }
  return counts;
}

function tokenizerFile(): { tokenizer: object; vocabularySize: number } {
  const counts = new Map([...countWords()].map(([word, count]) => [spellBytes(word), count]));
  const merges = learnMerges(counts, MERGES);
  const frequent = [...counts]
    .filter(([, count]) => count >= MIN_COUNT)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const tokens = [
    ...new Set([...BYTE_CHARACTERS, ...merges.map((pair) => pair.join('')), ...frequent.map(([word]) => word)]),
  ];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const special = (content: string, id: number): object => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  const [begin] = SPECIALS;
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIALS.map((content, i) => special(content, tokens.length + i)),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: SPLIT }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: begin, type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
      pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }],
      special_tokens: { [begin]: { id: begin, ids: [tokens.length], tokens: [begin] } },
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab,
      merges,
    },
  };
  return { tokenizer, vocabularySize: tokens.length + SPECIALS.length };
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node build/pretrain/makeTokenizer.ts OUT_FOLDER');
mkdirSync(folder, { recursive: true });
const { tokenizer, vocabularySize } = tokenizerFile();
writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
writeFileSync(
  join(folder, 'tokenizer_config.json'),
  `${JSON.stringify(
    {
      bos_token: SPECIALS[0],
      eos_token: SPECIALS[3],
      pad_token: SPECIALS[3],
      chat_template: CHAT_TEMPLATE,
      clean_up_tokenization_spaces: false,
      model_input_names: ['input_ids', 'attention_mask'],
      model_max_length: 2048,
      tokenizer_class: 'PreTrainedTokenizerFast',
    },
    null,
    2,
  )}\n`,
);
console.log(`tokenizer: ${vocabularySize} tokens`);
