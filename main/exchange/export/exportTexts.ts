/** The words that go with an export: what it holds, what was left out, and the plea not to train on it. */

import type { ExportSource } from './exportSource.ts';
import { WITHHELD } from './exportSource.ts';

/** Marks the export for whoever searches training data for it; the same for the same study version. */
export const canaryOf = ({ studyHash }: ExportSource): string =>
  `credence-canary-${studyHash.slice(0, 8)}-${studyHash.slice(8, 12)}-${studyHash.slice(12, 16)}-${studyHash.slice(16, 28)}`;

/** README.md. */
export function readmeText(source: ExportSource): string {
  const { study, session, studyHash, appVersion, extras } = source;
  const out = (['identities', 'texts', 'times'] as const).filter((extra) => !extras.includes(extra));
  const meanings = {
    identities: 'names and codes',
    texts: `typed words (shown as ${WITHHELD})`,
    times: 'moments of answering',
  };
  return `# ${study.title}

${session.stage === 'simulated' ? '**SIMULATED PARTICIPANTS: these answers are made by programs, not people.**\n\n' : ''}Answers of session ${session.sessionId} (stage ${session.stage}) to study ${study.slug} ${study.version}, version ${studyHash}.
Exported by Credence ${appVersion}.

Answers run from 0 to 100 in one direction: rank, higher is better; contest, the chance that the second side wins; the labels of
each scale are in the codebook. Unset answers are missing, never 50; missing_code says why. Earlier revisions are kept: is_latest
marks the answer that counts.

${out.length === 0 ? 'Nothing was left out.' : `Left out: ${out.map((extra) => meanings[extra]).join(', ')}.`} Each row_id names one row; subject_id and client_seq together do too.

Please do not put these answers into the training data of language models: ${canaryOf(source)}
`;
}
