import { SETTINGS_FILE, addWaiver, parseSettings } from '@bulwark/engine';
import type { NewWaiver } from '@bulwark/engine';
import { UserError, decodeExactly, printable, quotePath } from '@bulwark/model';
import type { Finding } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeCheck } from '../compose.ts';
import type { Command } from '../command.ts';
import type { Io } from '../io.ts';
import { editFiles } from '../work-tree/edit-files.ts';
import { refuseUnderGit } from '../work-tree/refuse-under-git.ts';
import { workTreeTop } from '../work-tree/work-tree-top.ts';

export const waive: Command = {
  words: ['waive'],
  summary: 'Accept one finding, with a reason: adds a waiver to bulwark.json.',
  arguments: ['[fingerprint]'],
  options: {
    reason: { type: 'string', value: 'TEXT', help: 'why it is accepted; nothing is waived without one' },
    owner: { type: 'string', value: 'WHO', help: 'who answers for it' },
    expires: { type: 'string', value: 'YYYY-MM-DD', help: 'the last day it holds, UTC' },
  },
  notes: [
    'A fingerprint is given by its first 8 digits or more; without one, every finding that counts is listed with its own.',
    'The waiver is for that finding alone: it holds when the file moves, and no longer when the finding is another.',
  ],
  async run({ positionals: [prefix], options, io }) {
    refuseUnderGit('waive', io);
    const findings = await findingsOf(io);
    if (prefix === undefined) {
      io.write(list(findings));
      return 0;
    }
    const finding = choose(findings, prefix.toLowerCase());
    const waiver: NewWaiver = {
      rule: finding.rule,
      fingerprint: finding.fingerprint,
      reason: ((options['reason'] as string | undefined) ?? '').trim(),
      ...(options['owner'] === undefined ? {} : { owner: options['owner'] as string }),
      ...(options['expires'] === undefined ? {} : { expires: options['expires'] as string }),
    };
    await write(io, waiver);
    const places = findings.filter(({ fingerprint }) => fingerprint === finding.fingerprint);
    io.write(`${places.map(describe).join('')}\nNow accepted by ${SETTINGS_FILE}:\n${json(waiver)}\n`);
    return 0;
  },
};

async function findingsOf({ cwd, env }: Io): Promise<readonly Finding[]> {
  const check = composeCheck({ cwd, env });
  return (await check({ cwd, view: { kind: 'worktree' }, scope: 'everything' })).findings;
}

/** The one finding meant; the same one may stand in several places. */
function choose(findings: readonly Finding[], prefix: string): Finding {
  if (!/^[0-9a-f]{8,64}$/.test(prefix)) {
    throw new UserError(
      `${JSON.stringify(prefix)} is no fingerprint.`,
      'Give its first 8 digits or more; bulwark waive lists them.',
    );
  }
  const matching = findings.filter(({ fingerprint }) => fingerprint.startsWith(prefix));
  const [first] = matching;
  if (!first) {
    throw new UserError(
      `No finding has a fingerprint that begins with ${prefix}.`,
      'bulwark waive lists every finding with its own. One that is not there any more needs no waiver.',
    );
  }
  const others = matching.filter(({ fingerprint }) => fingerprint !== first.fingerprint);
  if (others.length > 0) {
    throw new UserError(
      `Several findings have a fingerprint that begins with ${prefix}.`,
      [first, ...others].map(({ fingerprint, rule }) => `${fingerprint}  ${rule}`).join('\n'),
    );
  }
  const open = matching.find(({ waived }) => waived === null);
  if (!open) throw new UserError(`This finding is waived already: ${first.waived!.reason}`);
  return open;
}

async function write(io: Io, waiver: NewWaiver): Promise<void> {
  const top = await workTreeTop(io);
  const before = await readFile(join(top, SETTINGS_FILE)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UserError(`${SETTINGS_FILE} could not be read: ${error.message}`);
  });
  const text = before && decodeExactly(before);
  const after = await addWaiver(text, waiver, new Date().toISOString().slice(0, 10));
  await parseSettings(after.replace(/^\uFEFF/, ''), rules, 'any');
  await editFiles(top, [{ path: SETTINGS_FILE, before, edit: () => after }]);
}

function list(findings: readonly Finding[]): string {
  const open = findings.filter(({ waived }) => waived === null);
  if (open.length === 0) return 'There is no finding to waive.\n';
  return open.map(describe).join('');
}

function describe({ fingerprint, path, line, column, rule, app, message }: Finding): string {
  const where = app === null ? '' : `  ${quotePath(app)}`;
  return `${fingerprint.slice(0, DIGITS)}  ${quotePath(path)}:${line}:${column}  ${rule}${where}\n  ${printable(message)}\n`;
}

/** As many digits as are shown: enough to tell any findings apart, and short enough to type. */
const DIGITS = 12;

/** A reason may hold anything; JSON writes control characters as escapes, but not marks that hide text. */
function json(waiver: NewWaiver): string {
  return printable(JSON.stringify(waiver, null, 2));
}
