import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { checkMessage } from '@bulwark/engine';
import { createOpenSubject } from '@bulwark/git';
import { UserError, messageOf } from '@bulwark/model';
import { checkParts } from '../compose.ts';
import type { Command } from '../command.ts';
import { printReport } from '../print-report.ts';
import { refuse } from '../refuse.ts';
import { outputOptions } from '../shared-options.ts';

export const commitMsg: Command = {
  words: ['hook', 'commit-msg'],
  summary: 'Judge the message of a commit: it is pushed like any file.',
  arguments: ['file'],
  options: outputOptions,
  async run({ positionals, options, io }) {
    const [file] = positionals as [string];
    const text = await readMessage(resolve(io.cwd, file));
    const subject = await (io.daemon?.openSubjects ?? createOpenSubject)({ env: io.env })({
      cwd: io.cwd,
      view: { kind: 'index' },
      scope: 'changes',
    });
    try {
      const path = relative(io.cwd, resolve(io.cwd, file));
      // So git tells its hooks that it starts no editor (githooks(5), pre-commit).
      const isEdited = io.env['GIT_EDITOR'] !== ':';
      const report = await checkMessage(checkParts(io), { path, text, isEdited }, subject);
      // Git asks about the message right after the files: a second word of praise would only be noise.
      if (report.complete && report.findings.length === 0 && options['format'] === undefined) return 0;
      return refuse('commit', await printReport(report, { options, io }), io);
    } finally {
      await subject.close();
    }
  },
};

async function readMessage(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UserError(
      `The message could not be read: ${messageOf(error)}`,
      'git gives the hook the name of the file.',
      { cause: error },
    );
  }
}
