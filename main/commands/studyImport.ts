/** `credence study import`: scenarios from CSV, JSON Lines or scenario texts, written as a study's items. */
import { didYouMean } from '../../engine/program/nearestName.ts';
import { UserError } from '../../shared/errors.ts';
import { QUERY_KINDS, type QueryKind } from '../../shared/queryKind.ts';
import { importScenarios } from '../exchange/importScenarios.ts';
import { writeFileAtomic } from '../processes/durableFiles.ts';
import { defineCommand } from './command.ts';

const DOMAINS = ['sports', 'healthcare', 'general'] as const;

function parseKind(name: string): QueryKind {
  const kind = QUERY_KINDS.find((known) => known === name);
  if (kind) return kind;
  throw new UserError(`--kind: expected one of ${QUERY_KINDS.join(', ')}, received "${name}"`, {
    hint: didYouMean(name, QUERY_KINDS),
  });
}

export const studyImportCommand = defineCommand({
  name: 'study import',
  summary: 'Turn scenarios from CSV, JSON Lines or texts into items.jsonl',
  positionals: ['FILE'],
  options: {
    out: { type: 'string', placeholder: 'FILE', description: 'the file to write (items.jsonl)' },
    domain: { type: 'string', choices: DOMAINS, description: `of texts: ${DOMAINS.join(', ')} (general)` },
    subdomain: { type: 'string', placeholder: 'NAME', description: 'of texts (imported)' },
    prefix: { type: 'string', placeholder: 'ID', description: 'ids of texts are ID-1, ID-2 … (scenario)' },
    kind: {
      type: 'strings',
      placeholder: 'KIND',
      description: 'kinds of the queries of texts in their order, the last for all further ones',
    },
    json: { type: 'boolean', description: 'print what was written as JSON' },
  },
  async run(values, [file], context) {
    const kinds = values.kind.map(parseKind);
    const domain = DOMAINS.find((known) => known === values.domain) ?? 'general';
    const scenarios = importScenarios(file, {
      domain,
      subdomain: values.subdomain ?? 'imported',
      idPrefix: values.prefix ?? 'scenario',
      kinds: kinds.length > 0 ? kinds : ['probability'],
    });
    const out = values.out ?? 'items.jsonl';
    writeFileAtomic(out, scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join(''));
    const queries = scenarios.reduce((sum, one) => sum + one.queries.length, 0);
    context.out(
      values.json
        ? `${JSON.stringify({ file: out, scenarios: scenarios.length, queries })}\n`
        : `${out}: ${scenarios.length} scenarios, ${queries} queries\n`,
    );
  },
});
