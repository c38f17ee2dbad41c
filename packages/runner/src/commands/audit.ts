import { UserError } from '@bulwark/model';
import type { Report } from '@bulwark/model';
import { auditHistory } from '../audit-history.ts';
import { auditMissed } from '../audit-missed.ts';
import { askedBy, composeCheck } from '../compose.ts';
import type { Call, Command } from '../command.ts';
import { printReport } from '../print-report.ts';
import { appOption, cacheOption, reportOptions } from '../shared-options.ts';

export const audit: Command = {
  words: ['audit'],
  summary: 'Judge the whole workspace: every file and every Arkos app.',
  arguments: ['[range]'],
  options: {
    ref: { type: 'string', value: 'COMMIT', help: 'judge a commit instead of the work tree' },
    history: { type: 'boolean', help: 'judge every file that was ever committed, or in the range' },
    missed: { type: 'boolean', help: 'list the commits of the range that would not have passed the hook' },
    ...appOption,
    ...reportOptions,
    ...cacheOption,
  },
  notes: ['A range is written as for git log: v1..v2, main..HEAD, or one commit and all before it.'],
  async run(call) {
    return printReport(await judge(call), call, { posture: true });
  },
};

function judge({ positionals, options, io }: Call): Promise<Report> {
  const [range] = positionals;
  const asked = askedBy({ options, io });
  const ways = ['ref', 'history', 'missed'].filter((name) => options[name] !== undefined);
  if (ways.length > 1) {
    throw new UserError(`--${ways[0]} and --${ways[1]} ask for different things.`, 'Give one of them.');
  }
  const apps = options['app'] as string[] | undefined;
  const rules = options['rule'] as string[] | undefined;
  const [way] = ways;
  if (apps !== undefined && way !== undefined && way !== 'ref') throw cannotNarrow('app', way);
  if (rules !== undefined && way === 'history') throw cannotNarrow('rule', way);
  if (way === 'history') return auditHistory(io, range, asked);
  if (way === 'missed') return auditMissed(io, range, asked, rules ? { rules } : {});
  if (range !== undefined) {
    throw new UserError(
      `${JSON.stringify(range)} is a range without a use.`,
      'Give it with --history or --missed; --ref takes one commit.',
    );
  }
  const ref = options['ref'] as string | undefined;
  return composeCheck(asked)({
    cwd: io.cwd,
    view: ref === undefined ? { kind: 'worktree' } : { kind: 'commit', commit: ref },
    scope: 'everything',
    ...(apps ? { apps } : {}),
    ...(rules ? { rules } : {}),
  });
}

function cannotNarrow(option: string, way: string): UserError {
  return new UserError(`--${option} cannot narrow --${way}.`, 'What commits brought is judged as a whole.');
}
