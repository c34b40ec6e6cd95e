/** `credence export`: a session's answers as a folder of files for analysis, sharing or other tools. */

import { z } from 'zod';
import { countText } from '../../engine/figures/numberText.ts';
import { UserError } from '../../shared/errors.ts';
import { CSV_DIALECTS, EXPORT_EXTRAS, EXPORT_FORMATS, type ExportExtra } from '../../shared/exchange.ts';

import { createHost } from '../host.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';
import { DEFAULT_WORKSPACE } from './serve.ts';

function parseExtra(name: string): ExportExtra {
  const extra = EXPORT_EXTRAS.find((known) => known === name);
  if (extra) return extra;
  throw new UserError(`--include: expected one of ${EXPORT_EXTRAS.join(', ')}, received "${name}"`);
}

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'Write a session’s answers as files for analysis, sharing or other tools',
  positionals: [],
  options: {
    session: {
      type: 'string',
      placeholder: 'ID',
      description: 'the session; the only one of the workspace where absent',
    },
    format: { type: 'string', choices: EXPORT_FORMATS, description: 'what to write; csv if absent' },
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write' },
    dialect: {
      type: 'string',
      choices: CSV_DIALECTS,
      description: 'of the csv format: plain for R and Python, or for Excel',
    },
    include: {
      type: 'strings',
      placeholder: 'WHAT',
      description: `what is left out otherwise: ${EXPORT_EXTRAS.join(', ')}; give it again for more`,
    },
    workspace: { type: 'string', placeholder: 'DIR', description: `workspace folder (default ${DEFAULT_WORKSPACE})` },
    json: { type: 'boolean', description: 'print what was written as JSON' },
  },
  async run(values, _positionals, context) {
    const { out } = values;
    if (out === undefined)
      throw new UserError('export: --out is missing', {
        hint: 'credence export --session ID --format csv --out exported',
      });
    const extras = values.include.map(parseExtra);
    const host = await createHost({ workspace: values.workspace ?? DEFAULT_WORKSPACE, mode: 'headless' });
    const bar = createProgressBar(context);
    try {
      const plan = {
        sessionId: values.session,
        format: z.enum(EXPORT_FORMATS).default('csv').parse(values.format),
        dialect: z.enum(CSV_DIALECTS).default('plain').parse(values.dialect),
        extras,
        out,
      };
      const manifest = await host.exportSession(plan, { onProgress: bar.report, signal: context.signal });
      bar.finish();
      const { participants, responses, stage } = manifest;
      context.out(
        values.json
          ? `${JSON.stringify({ folder: out, ...manifest })}\n`
          : `${out}: ${countText(responses)} answers of ${countText(participants)} ${stage === 'simulated' ? 'SIMULATED ' : ''}participants, format ${manifest.format}\n`,
      );
    } finally {
      bar.finish();
      await host.close();
    }
  },
});
