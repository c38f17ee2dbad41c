import { askedBy, composeCheck } from '../compose.ts';
import type { Call, Command } from '../command.ts';
import { printReport } from '../print-report.ts';
import { refuse } from '../refuse.ts';
import { cacheOption, reportOptions } from '../shared-options.ts';

const notes = ['Reads the index git names (GIT_INDEX_FILE), never the work tree, and writes nothing.'];

export const preCommit: Command = {
  words: ['hook', 'pre-commit'],
  summary: 'Judge what is staged: the files this commit changes, and every Arkos app.',
  options: { ...reportOptions, ...cacheOption },
  notes,
  run: (call) => judgeIndex('commit', call),
};

export const preMergeCommit: Command = {
  words: ['hook', 'pre-merge-commit'],
  summary: 'The same for a merge: what the other side brings counts as staged.',
  options: { ...reportOptions, ...cacheOption },
  notes,
  run: (call) => judgeIndex('merge', call),
};

async function judgeIndex(what: 'commit' | 'merge', { options, io }: Call): Promise<number> {
  const report = await composeCheck(askedBy({ options, io }))({
    cwd: io.cwd,
    view: { kind: 'index' },
    scope: 'changes',
    ...(options['rule'] ? { rules: options['rule'] as string[] } : {}),
  });
  return refuse(what, await printReport(report, { options, io }), io);
}
