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
  revisions: { readonly stdin: readonly string[]; readonly args?: readonly string[] },
): AsyncGenerator<readonly BroughtRecord[]> {
  const walkArgs = ['rev-list', '--topo-order', '--reverse', ...(revisions.args ?? []), '--stdin'];
  const diffArgs = [
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
  const walk = start(place, walkArgs);
  const diff = start(place, diffArgs);
  walk.child.stdin.end(revisions.stdin.map((line) => `${line}\n`).join(''));
  walk.child.stdout.pipe(diff.child.stdin);
  let records: BroughtRecord[] = [];
  const push = createDiffTreeParser((record) => records.push(record));
  try {
    for await (const piece of diff.child.stdout) {
      push(piece as Buffer);
      if (records.length === 0) continue;
      yield records;
      records = [];
    }
    // Where the walk failed, the other one has only seen its input end.
    await walk.check();
    await diff.check();
  } finally {
    walk.child.kill();
    diff.child.kill();
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
