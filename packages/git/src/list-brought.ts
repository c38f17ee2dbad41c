import { createDiffTreeParser, type BroughtRecord } from './diff-tree-parser.ts';
import { GitError } from './git-error.ts';
import { exitOf, spawnGit, type GitPlace } from './run-git.ts';

/**
 * What each commit of a range brings, each commit before those built upon it: `git rev-list` piped into `git diff-tree`. A path
 * is told anew when its bytes move there, so it says more than `rev-list --objects`, which names every blob
 * once; and a merge brings only what none of its parents has.
 * @param revisions lines for `git rev-list --stdin`: ids, and `^` ids that are left out with what they reach.
 * @throws GitError if an object on the way is missing.
 */
export async function* listBrought(
  place: GitPlace,
  revisions: { readonly stdin: readonly string[] },
): AsyncGenerator<readonly BroughtRecord[]> {
  const walk = start(place, ['rev-list', '--topo-order', '--reverse', '--stdin']);
  walk.child.stdin.end(revisions.stdin.map((line) => `${line}\n`).join(''));
  const diff = start(place, DIFF);
  walk.child.stdout.pipe(diff.child.stdin);
  try {
    yield* recordsOf(diff.child.stdout);
    // Where the walk failed, the other one has only seen its input end.
    await walk.check();
    await diff.check();
  } finally {
    walk.child.kill();
    diff.child.kill();
  }
}

/** The same of commits that were listed already. */
export async function* listBroughtBy(
  place: GitPlace,
  commits: readonly string[],
): AsyncGenerator<readonly BroughtRecord[]> {
  const diff = start(place, DIFF);
  diff.child.stdin.end(commits.map((commit) => `${commit}\n`).join(''));
  try {
    yield* recordsOf(diff.child.stdout);
    await diff.check();
  } finally {
    diff.child.kill();
  }
}

const DIFF = [
  'diff-tree',
  '--stdin',
  '-r',
  '-z',
  '--root',
  '-c',
  '--raw',
  '--no-renames',
  '--no-abbrev',
  '--always',
  '--no-ext-diff',
  '--ignore-submodules=dirty',
];

async function* recordsOf(output: AsyncIterable<Buffer>): AsyncGenerator<readonly BroughtRecord[]> {
  let records: BroughtRecord[] = [];
  const push = createDiffTreeParser((record) => records.push(record));
  for await (const piece of output) {
    push(piece);
    if (records.length === 0) continue;
    yield records;
    records = [];
  }
}

/** A git process, and a way to hear at the end that it failed. */
function start(place: GitPlace, args: readonly string[]) {
  const child = spawnGit(place, args);
  const exit = exitOf(child, place);
  // It is looked at in the end; until then a failure to start must not count as unhandled.
  exit.catch(() => {});
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4096);
  });
  child.stdin.on('error', () => {});
  return {
    child,
    async check(): Promise<void> {
      const code = await exit;
      if (code !== 0) throw new GitError(args, code, said);
    },
  };
}
