/** `credence doctor`: what this machine offers, and the health of a workspace. */
import { resolve } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { examineMachine, type Finding } from '../doctor/machine.ts';
import { examineWorkspace } from '../doctor/workspaceHealth.ts';
import { defineCommand } from './command.ts';

const SIGNS: Readonly<Record<Finding['level'], string>> = { ok: 'ok   ', note: 'note ', fault: 'FAULT' };

function describe(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ subject }) => subject.length));
  return findings.map(({ level, subject, text }) => `${SIGNS[level]}  ${subject.padEnd(width)}  ${text}\n`).join('');
}

export const doctorCommand = defineCommand({
  name: 'doctor',
  summary: 'Say what this machine offers and whether a workspace is sound',
  positionals: [],
  options: {
    workspace: {
      type: 'string',
      placeholder: 'DIR',
      description: 'workspace to check: rows, seals, log, backups, disk',
    },
    json: { type: 'boolean', description: 'print the findings as JSON' },
  },
  async run(values, _, context) {
    const findings = examineMachine();
    if (values.workspace !== undefined) findings.push(...(await examineWorkspace(resolve(values.workspace))));
    context.out(values.json ? `${JSON.stringify({ findings })}\n` : describe(findings));
    const faults = findings.filter(({ level }) => level === 'fault');
    if (faults.length > 0)
      throw new UserError(`doctor: ${faults.length === 1 ? 'one fault' : `${faults.length} faults`} found`, {
        hint: 'credence restore WORKSPACE mends damaged data',
      });
  },
});
