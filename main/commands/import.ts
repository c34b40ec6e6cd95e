/** `credence import`: says what a file of people's or programs' answers holds, and writes it as the lines other commands read. */
import { z } from 'zod';
import { countText } from '../../engine/figures/numberText.ts';
import { STAGES, stageSchema } from '../../shared/study.ts';
import { type Imported, importedLines, importFile } from '../exchange/import/importFile.ts';
import { SAMPLE_SCALES } from '../exchange/import/readTargets.ts';
import { writeFileAtomic } from '../processes/durableFiles.ts';
import { defineCommand } from './command.ts';

function summary(imported: Imported): Record<string, unknown> {
  if (imported.kind === 'answers') {
    const sources = imported.sets.map(({ label, answers }) => ({ label, answers: answers.length }));
    return { kind: 'answers', answers: imported.answers.length, sources };
  }
  const { groups, design, stage, missing, repeated } = imported.people;
  const participants = groups.reduce((sum, group) => sum + group.participants.length, 0);
  const queries = groups.reduce((sum, group) => sum + group.queries.length, 0);
  const values = groups.reduce((sum, group) => sum + group.values.reduce((inner, list) => inner + list.length, 0), 0);
  return { kind: 'people', design, stage, participants, queries, values, missing, repeated };
}

function describe(imported: Imported): string {
  if (imported.kind === 'answers')
    return imported.sets.map(({ label, answers }) => `${label}: ${countText(answers.length)} answers\n`).join('');
  const { participants, queries, values, missing, stage, design } = summary(imported);
  const who = design === 'nested' ? 'records, each of one scenario' : 'participants';
  return `people: ${participants} ${who}${stage === null ? '' : ` (${String(stage).toUpperCase()})`}, ${queries} queries, ${values} values, ${missing} missing\n`;
}

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Say what a file of answers holds, and write it as other commands read it',
  positionals: ['FILE'],
  options: {
    out: { type: 'string', placeholder: 'FILE', description: 'JSON Lines to write, for compare --human or --answers' },
    map: { type: 'string', placeholder: 'FILE', description: 'names the query of each {input, output, bins} record' },
    stage: { type: 'string', choices: STAGES, description: 'keep people’s answers of this stage' },
    part: { type: 'string', placeholder: 'NAME', description: 'which part of a document with several' },
    scenario: {
      type: 'string',
      placeholder: 'ID',
      description: 'the scenario that samples answer; the file’s name if absent',
    },
    scale: { type: 'string', choices: SAMPLE_SCALES, description: 'of samples: points 0–100 (default), or unit 0–1' },
    json: { type: 'boolean', description: 'print what was found as JSON' },
  },
  async run(values, [file], context) {
    const imported = await importFile(file, {
      map: values.map,
      stage: stageSchema.optional().parse(values.stage),
      part: values.part,
      scenario: values.scenario,
      scale: z.enum(SAMPLE_SCALES).optional().parse(values.scale),
    });
    if (values.out !== undefined)
      writeFileAtomic(values.out, [...importedLines(imported)].map((line) => `${line}\n`).join(''));
    context.out(
      values.json ? `${JSON.stringify({ ...summary(imported), out: values.out ?? null })}\n` : describe(imported),
    );
  },
});
