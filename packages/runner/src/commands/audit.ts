import { sealReport } from '@bulwark/engine';
import { UserError } from '@bulwark/model';
import type { Report, View } from '@bulwark/model';
import { auditHistory } from '../audit-history.ts';
import { auditMissed } from '../audit-missed.ts';
import { askedBy, composeCheck } from '../compose.ts';
import type { Call, Command } from '../command.ts';
import { auditMerge } from '../merge/audit-merge.ts';
import { ownFiles } from '../own-files.ts';
import { parseShard } from '../parse-shard.ts';
import { refuseTrial } from '../plugins/refuse-trial.ts';
import { printReport } from '../print-report.ts';
import { reportKey } from '../report-key.ts';
import { appOption, cacheOption, reportOptions, tryPluginsOption } from '../shared-options.ts';

export const audit: Command = {
  words: ['audit'],
  summary: 'Judge the whole workspace: every file and every Arkos app.',
  arguments: ['[range | report]...'],
  options: {
    ref: { type: 'string', value: 'COMMIT', help: 'judge a commit instead of the work tree' },
    history: { type: 'boolean', help: 'judge every file that was ever committed, or in the range' },
    affected: {
      type: 'boolean',
      help: 'judge only the apps that a change affects, and the files it changes',
    },
    base: { type: 'string', value: 'REV', help: 'with --affected: what it is compared with' },
    head: { type: 'string', value: 'REV', help: 'with --affected: a commit instead of the work tree' },
    staged: { type: 'boolean', help: 'with --affected: what is staged, compared with HEAD' },
    missed: { type: 'boolean', help: 'list the commits of the range that would not have passed the hook' },
    shard: {
      type: 'string',
      value: 'I/N',
      check: ({ shard }) => shard !== undefined && parseShard(shard as string),
      help: 'judge the I-th of N parts; each app and file is in one of them',
    },
    merge: {
      type: 'string',
      multiple: true,
      value: 'REPORTS',
      help: 'make one report of those on parts: files, folders of them, or globs',
    },
    ...appOption,
    ...reportOptions,
    ...cacheOption,
    ...tryPluginsOption,
  },
  notes: [
    'A range is written as for git log: v1..v2, main..HEAD, or one commit and all before it.',
    '--merge takes JSON reports of audit --shard and of lint. It looks up anew which apps and files there are, and what',
    'is missing, torn, stale or of other settings is exit code 2. Where BULWARK_REPORT_KEY is set, reports are sealed',
    'with that key, and one that is not is refused.',
    '',
    '--affected compares with where the base and the head parted. The base is --base, NX_BASE, "defaultBase" of nx.json,',
    'main or origin/HEAD. An app is affected where a file below it changed, or one that its facts were read from or that',
    'was looked for in vain; in a workspace of Nx, also where its graph says so. Of files, those that changed and those',
    'below the apps are judged. A lock file affects every app; the settings, and the rules of plugins, everything.',
    'All that is found there counts, older or not.',
  ],
  async run(call) {
    return printReport(await judge(call), call, { posture: true });
  },
};

/** Ways of asking that each say by themselves what is judged. */
const WAYS = ['ref', 'history', 'missed', 'affected'] as const;
const DIVISIONS = ['history', 'missed', 'affected', 'shard', 'merge'] as const;

async function judge(call: Call): Promise<Report> {
  const { positionals, options, io } = call;
  refuseBoth(WAYS.filter((name) => options[name] !== undefined));
  refuseBoth(DIVISIONS.filter((name) => options[name] !== undefined));
  const way = WAYS.find((name) => options[name] !== undefined);
  refuseIdle(options);
  if (options['try-plugins'] === true) {
    refuseTrial(io);
    refuseBoth(['try-plugins', ...[...WAYS, ...DIVISIONS].filter((name) => options[name] !== undefined)]);
  }
  const apps = options['app'] as string[] | undefined;
  const rules = options['rule'] as string[] | undefined;
  const merge = options['merge'] as string[] | undefined;
  const division = ['shard', 'merge'].find((name) => options[name] !== undefined) ?? way;
  if (apps !== undefined && division !== undefined && !['ref', 'affected'].includes(division))
    throw cannotNarrow('app', division);
  if (rules !== undefined && division !== undefined && !['ref', 'missed', 'affected'].includes(division))
    throw cannotNarrow('rule', division);
  const ref = options['ref'] as string | undefined;
  const view: View = ref === undefined ? { kind: 'worktree' } : { kind: 'commit', commit: ref };
  if (merge) return auditMerge(call, [...merge, ...positionals], view);
  const [range, extra] = positionals;
  if (extra !== undefined) {
    throw new UserError(`${JSON.stringify(extra)} is one argument too many.`, 'See: bulwark audit --help');
  }
  const asked = askedBy(call);
  if (way === 'history') return auditHistory(io, range, asked);
  if (way === 'missed') return auditMissed(io, range, asked, rules ? { rules } : {});
  if (range !== undefined) {
    throw new UserError(
      `${JSON.stringify(range)} is a range without a use.`,
      'Give it with --history or --missed; --ref takes one commit.',
    );
  }
  const narrowed = { ...(apps ? { apps } : {}), ...(rules ? { rules } : {}) };
  if (way === 'affected') {
    const revisions = {
      base: options['base'] as string | undefined,
      head: options['head'] as string | undefined,
      isStaged: options['staged'] === true,
    };
    return (await import('../affected/audit-affected.ts')).auditAffected(io, revisions, asked, narrowed);
  }
  const shard = options['shard'] as string | undefined;
  const report = await composeCheck({ ...asked, aside: await ownFiles(call) })({
    cwd: io.cwd,
    view,
    scope: 'everything',
    ...(shard === undefined ? {} : { part: parseShard(shard) }),
    ...narrowed,
  });
  return report.part ? sealReport(report, reportKey(io.env)) : report;
}

function refuseBoth([first, second]: readonly string[]): void {
  if (second !== undefined)
    throw new UserError(`--${first} and --${second} ask for different things.`, 'Give one of them.');
}

/** @throws UserError for what says something of `--affected` alone. */
function refuseIdle(options: Call['options']): void {
  const idle = ['base', 'head', 'staged'].find((name) => options[name] !== undefined);
  if (idle !== undefined && options['affected'] === undefined)
    throw new UserError(`--${idle} goes with --affected.`, 'Give both, or neither.');
}

function cannotNarrow(option: string, way: string): UserError {
  const why =
    way === 'shard' || way === 'merge'
      ? 'Parts are merged into a whole'
      : 'What commits brought is judged as a whole';
  return new UserError(`--${option} cannot narrow --${way}.`, `${why}.`);
}
