import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Git as on a fresh machine: nobody's configuration, a fixed author and time. */
export const isolatedEnv: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A U Thor',
  GIT_AUTHOR_EMAIL: 'author@example.com',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_NAME: 'C O Mitter',
  GIT_COMMITTER_EMAIL: 'committer@example.com',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
};

export interface TemporaryRepository {
  readonly dir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs git at the top, or where `cwd` says. @throws with git's words unless it exits 0. */
  git(...args: readonly string[]): string;
  gitWith(
    options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string | Uint8Array },
    ...args: readonly string[]
  ): string;
  /** Exit code and output, whatever it is. */
  tryGit(...args: readonly string[]): { code: number | null; output: string };
  write(path: string, content: string | Uint8Array): void;
  /** An executable `sh` script in `.git/hooks`. */
  hook(name: string, script: string): void;
  path(...parts: readonly string[]): string;
  remove(): void;
}

const made: string[] = [];

/** A new folder that {@link removeTemporaryFolders} removes. */
export function temporaryFolder(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'bulwark-git-')));
  made.push(dir);
  return dir;
}

export function removeTemporaryFolders(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** An empty repository with the branch `main`, in a folder of its own. */
export function temporaryRepository(...initArgs: readonly string[]): TemporaryRepository {
  const repository = repositoryAt(temporaryFolder());
  repository.git('init', '-q', '-b', 'main', ...initArgs, '.');
  return repository;
}

/** The same verbs for a repository that is there already (a clone, a worktree). */
export function repositoryAt(dir: string): TemporaryRepository {
  const run = (
    { cwd = dir, env = {}, input }: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string | Uint8Array },
    args: readonly string[],
  ) =>
    spawnSync('git', args, { cwd, env: { ...isolatedEnv, ...env }, input: input ?? '', maxBuffer: 2 ** 28 });
  const gitWith: TemporaryRepository['gitWith'] = (options, ...args) => {
    const { status, stdout, stderr, error } = run(options, args);
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${String(error ?? stderr)}`);
    return stdout.toString();
  };
  return {
    dir,
    env: isolatedEnv,
    git: (...args) => gitWith({}, ...args),
    gitWith,
    tryGit(...args) {
      const { status, stdout, stderr } = run({}, args);
      return { code: status, output: `${stdout.toString()}${stderr.toString()}` };
    },
    write(path, content) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), content);
    },
    hook(name, script) {
      const file = join(dir, '.git', 'hooks', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    },
    path: (...parts) => join(dir, ...parts),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}
