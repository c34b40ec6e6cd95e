/**
 * Text to token ids and back as a Hugging Face `tokenizer.json` says, and chats as its `tokenizer_config.json`'s template renders them.
 * Thin over `@huggingface/tokenizers` and `@huggingface/jinja`.
 */
import { Template } from '@huggingface/jinja';
import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { UserError } from '../../shared/errors.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import { checkTokenizerPatterns } from './tokenizerPatterns.ts';

export type ChatMessage = { readonly role: string; readonly content: string };

export type Tokenizer = {
  /** Ids of `text`; `addSpecial` puts the template's special tokens (such as BOS) around it. */
  readonly encode: (text: string, options?: { readonly addSpecial?: boolean }) => number[];
  readonly decode: (ids: readonly number[], options?: { readonly skipSpecial?: boolean }) => string;
  /** The chat as text, special tokens spelled out. Throws UserError where the folder has no chat template. */
  readonly renderChat: (
    messages: readonly ChatMessage[],
    options?: { readonly addGenerationPrompt?: boolean },
  ) => string;
};

/** A tokenizer of the parsed `tokenizer.json` and `tokenizer_config.json`. Throws UserError where they are not usable. */
export function createTokenizer(tokenizerJson: object, configJson: object): Tokenizer {
  checkTokenizerPatterns(tokenizerJson);
  const library = new LibraryTokenizer(tokenizerJson, configJson);
  const config = configJson as Record<string, unknown>;
  let template: Template | undefined;
  return {
    encode: (text, { addSpecial = false } = {}) => library.encode(text, { add_special_tokens: addSpecial }).ids,
    decode: (ids, { skipSpecial = false } = {}) =>
      // The library refuses to decode nothing.
      ids.length === 0
        ? ''
        : library.decode([...ids], { skip_special_tokens: skipSpecial, clean_up_tokenization_spaces: false }),
    renderChat: (messages, { addGenerationPrompt = false } = {}) => {
      if (typeof config.chat_template !== 'string')
        throw new UserError('tokenizer: no chat template', {
          location: { file: 'tokenizer_config.json', path: 'chat_template' },
          hint: 'Use the folder of an instruction-tuned transformer.',
        });
      template ??= new Template(config.chat_template);
      return template.render({
        messages: messages.map((message) => ({ ...message })),
        add_generation_prompt: addGenerationPrompt,
        bos_token: tokenText(config.bos_token),
        eos_token: tokenText(config.eos_token),
      });
    },
  };
}

/** A special token is written as its text or as an object that holds it. */
function tokenText(token: unknown): string {
  if (typeof token === 'string') return token;
  if (typeof token === 'object' && token !== null && 'content' in token) return String(token.content);
  return '';
}

/**
 * Tokens of each text in brackets, without them, and the token of the closing bracket. They are what follows an opening bracket that is a token
 * of its own. Throws UserError where brackets merge with a text.
 */
export function bracketedTokens(
  tokenizer: Tokenizer,
  texts: readonly string[],
): { readonly textIds: number[][]; readonly closeId: number } {
  const [openId] = tokenizer.encode('<');
  let closeId = -1;
  const textIds = texts.map((text) => {
    const ids = tokenizer.encode(`<${text}>`);
    const last = ids.at(-1) ?? -1;
    if (ids.length < 3 || ids[0] !== openId || (closeId >= 0 && last !== closeId))
      throw new UserError(`tokenizer: "<${text}>" does not split into "<", the text and ">"`, {
        location: { file: 'tokenizer.json' },
      });
    closeId = last;
    return ids.slice(1, -1);
  });
  return { textIds, closeId };
}

/** Tokens of each answer `i` in `<i>` [101], and the token of the closing bracket. Throws UserError where brackets merge with digits. */
export function answerTokens(tokenizer: Tokenizer): { readonly answerIds: number[][]; readonly closeId: number } {
  const { textIds, closeId } = bracketedTokens(
    tokenizer,
    Array.from({ length: ANSWER_COUNT }, (_, answer) => String(answer)),
  );
  return { answerIds: textIds, closeId };
}
