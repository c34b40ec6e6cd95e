/** `credence restore`: a damaged workspace brought back from its newest good backup and its response log. */
import { resolve } from 'node:path';
import { createHost } from '../host.ts';
import { type Restored, restoreWorkspace } from '../store/restore.ts';
import { workspacePaths } from '../workspacePaths.ts';
import { defineCommand } from './command.ts';

const DATABASE: Readonly<Record<Restored['database']['from'], string>> = {
  kept: 'the database passed its checks and was kept',
  backup: 'the database was taken from a backup and brought up to date from the response log',
  log: 'the database was rebuilt from the response log',
};

function describe(restored: Restored, folder: string): string {
  const { database, salvaged, setAside, responses } = restored;
  const lines = [
    `${folder}: ${DATABASE[database.from]}${database.from === 'backup' ? ` (number ${database.number})` : ''}`,
  ];
  if (salvaged) {
    lines.push(
      `the response log was damaged: ${salvaged.records} records were salvaged, ${salvaged.lost.length} are lost`,
    );
    if (salvaged.lost.length > 0) lines.push(`lost records: ${salvaged.lost.join(', ')}`);
  }
  if (setAside.length > 0) lines.push(`set aside in damaged/: ${setAside.join(', ')}`);
  return `${[...lines, `${responses} responses`].join('\n')}\n`;
}

export const restoreCommand = defineCommand({
  name: 'restore',
  summary: 'Bring a damaged workspace back from its newest good backup and its response log',
  positionals: ['WORKSPACE'],
  options: { json: { type: 'boolean', description: 'print what was done as JSON' } },
  async run(values, [folder], context) {
    const paths = workspacePaths(resolve(folder));
    const restored = restoreWorkspace(paths);
    // Opening completes what was cut off; the new backup is the first that goes with the restored log.
    const host = await createHost({ workspace: folder, mode: 'headless' });
    try {
      await host.backup();
    } finally {
      await host.close();
    }
    context.out(values.json ? `${JSON.stringify(restored)}\n` : describe(restored, paths.root));
  },
});
