/** `credence study simulate`: made-up people answer a study, to try its design and its analysis before real people do. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from '../../engine/program/nearestName.ts';
import { PROFILES, type Profile } from '../../engine/study/simulatedParticipant.ts';
import { UserError } from '../../shared/errors.ts';
import { programLines, type SimulatedStudy, simulateStudy } from '../jobs/simulateStudy.ts';
import { writeFileAtomic } from '../processes/durableFiles.ts';
import { buildStaged } from '../stagedFolder.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';
import { runStudyPrograms } from './studyValidate.ts';

const DEFAULT_PARTICIPANTS = 20;
const DEFAULT_PROFILES: readonly Profile[] = ['noisy-posterior', 'anchored', 'noisy-posterior', 'careless'];

function parseProfile(name: string): Profile {
  const profile = PROFILES.find((known) => known === name);
  if (profile) return profile;
  throw new UserError(`--profile: expected one of ${PROFILES.join(', ')}, received "${name}"`, {
    hint: didYouMean(name, PROFILES),
  });
}

/** How many completed in each cell; nothing for a study of one cell. */
function balanceTable(balance: SimulatedStudy['balance']): string {
  if (balance.length < 2) return '';
  const rows = balance.map(
    ({ cell, completed, ended }) => `  ${cell}  ${completed} completed, ${ended} ended otherwise\n`,
  );
  return `cells:\n${rows.join('')}`;
}

export const studySimulateCommand = defineCommand({
  name: 'study simulate',
  summary: 'Let simulated people answer a study',
  positionals: ['STUDY'],
  options: {
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write people.jsonl and program.jsonl into' },
    participants: { type: 'number', integer: true, min: 1, max: 100_000, description: 'how many people (20)' },
    profile: {
      type: 'strings',
      placeholder: 'NAME',
      description: `${PROFILES.join(', ')}; give it again for more, taken in turn`,
    },
    precision: { type: 'number', min: 0.01, description: 'standard error wanted of every mean, in points (1)' },
    seed: { type: 'number', integer: true, description: 'seed of programs and people (1)' },
    json: { type: 'boolean', description: 'print what was written as JSON' },
  },
  async run(values, [folder], context) {
    if (values.out === undefined)
      throw new UserError('study simulate: --out is missing', {
        hint: 'credence study simulate studies/field-day --out simulated',
      });
    const profiles = values.profile.length > 0 ? values.profile.map(parseProfile) : DEFAULT_PROFILES;
    const participants = values.participants ?? DEFAULT_PARTICIPANTS;
    const out = values.out;
    const { study, posteriors, seed } = await runStudyPrograms(folder, values, context);
    let balance: SimulatedStudy['balance'] = [];
    await buildStaged(
      out,
      async (existing) =>
        existsSync(join(existing, 'people.jsonl')) && existsSync(join(existing, 'program.jsonl'))
          ? undefined
          : 'the folder holds files that are not a simulation',
      async (staging) => {
        const bar = createProgressBar(context);
        const control = { onProgress: bar.report, signal: context.signal };
        const plan = { participants, profiles, seed };
        const simulated = await simulateStudy(study, posteriors, plan, control).finally(bar.finish);
        balance = simulated.balance;
        writeFileAtomic(join(staging, 'people.jsonl'), simulated.people);
        writeFileAtomic(join(staging, 'program.jsonl'), programLines(study, posteriors));
      },
    );
    const files = { people: join(out, 'people.jsonl'), program: join(out, 'program.jsonl') };
    context.out(
      values.json
        ? `${JSON.stringify({ ...files, stage: 'simulated', participants, profiles, seed, balance })}\n`
        : `${participants} SIMULATED people (${profiles.join(', ')} in turn, seed ${seed}) answered ${study.title}: ${files.people}\n` +
            balanceTable(balance) +
            `compare them: credence compare --human ${files.people} --answers ${files.program} --study ${folder}\n`,
    );
  },
});
