/** Finds the words that a component says by itself, in its syntax tree: text, attributes that are read out, sentences in strings. */
import { parseSync } from 'vite';

/** Attributes whose words reach the reader. */
const READ_OUT: ReadonlySet<string> = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'caption',
  'hint',
  'label',
  'legend',
  'method',
  'placeholder',
  'title',
  'what',
]);

/** Calls whose words are keys of texts or go to the log. */
const NOT_SAID = /^(t|frame|count|console\.\w+|useTranslation|Error|call)$/;

const WORD = /\p{L}{2,}/u;
/** Two words with a space between them, the first with a capital: what a string outside of markup is judged by. */
const SENTENCE = /^\P{L}*\p{Lu}\p{Ll}+[,:;]? \p{L}/u;

type Tree = { readonly type: string } & Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The name behind `a.b.c(…)`, `new A(…)`: `a.b.c`, `A`. */
function calleeOf(value: unknown): string {
  if (!isTree(value)) return '';
  if (value.type === 'MemberExpression') return `${calleeOf(value.object)}.${calleeOf(value.property)}`;
  return typeof value.name === 'string' ? value.name : '';
}

/** The text of a literal or of a template's fixed parts; undefined for anything else. */
function textOf(node: Tree): string | undefined {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node.quasis)) return undefined;
  return node.quasis.map((part: { readonly value: { readonly cooked: string } }) => part.value.cooked).join('…');
}

/** Where a string stands: in markup or a read-out attribute every word counts, elsewhere sentences do, in keys and logs nothing. */
type Place = 'shown' | 'code' | 'unsaid';

function placeWithin(node: Tree, place: Place): Place {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'TSTypeAnnotation':
    case 'TSTypeAliasDeclaration':
      return 'unsaid';
    case 'JSXAttribute': {
      const name = isTree(node.name) ? String(node.name.name) : '';
      return READ_OUT.has(name) ? 'shown' : 'code';
    }
    case 'JSXElement':
    case 'JSXFragment':
      return 'shown';
    case 'ArrowFunctionExpression':
      // A body that is markup says so itself.
      return place === 'shown' ? 'code' : place;
    case 'BinaryExpression':
      // What is compared is not shown.
      return 'code';
    case 'CallExpression':
    case 'NewExpression':
      return NOT_SAID.test(calleeOf(node.callee)) ? 'unsaid' : 'code';
    default:
      return place;
  }
}

/** The words in `source` that are not looked up. `file` says by its ending which language it is written in. */
export function findOwnWords(file: string, source: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown, outer: Place): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, outer);
    if (!isTree(value)) return;
    const text = value.type === 'JSXText' ? String(value.value) : textOf(value);
    const isSaid = value.type === 'JSXText' || outer === 'shown' ? WORD : SENTENCE;
    if (text !== undefined && outer !== 'unsaid' && isSaid.test(text)) found.push(text.trim().replace(/\s+/g, ' '));
    const place = placeWithin(value, outer);
    for (const part of Object.values(value)) visit(part, place);
  };
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  visit(program, 'code');
  return found;
}
