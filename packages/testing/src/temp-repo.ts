/** A real git repository in a temporary folder, cut off from the user's own configuration. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);

export interface TempRepo {
  /** Absolute path of the top of the work tree, symlinks resolved. */
  readonly root: string;
  /** The environment every command runs in. */
  readonly env: NodeJS.ProcessEnv;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Runs git; rejects with its output if it fails. @returns standard output. */
  git(...args: string[]): Promise<string>;
  /** Runs git; never rejects. */
  tryGit(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** Stages everything and commits. @returns the commit. */
  commitAll(message?: string): Promise<string>;
  remove(): Promise<void>;
}

/** The variables of this process that git commands in tests may see: none of git's own. */
export function cleanEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    LC_ALL: 'C.UTF-8',
    // A hook would start one in the background, which only tests of daemons look after.
    BULWARK_DAEMON: '0',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.invalid',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.invalid',
    GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
    GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    ...extra,
  };
}

export async function createTempRepo(initArgs: readonly string[] = []): Promise<TempRepo> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'bulwark-test-')));
  const env = cleanEnv();
  const tryGit: TempRepo['tryGit'] = async (...args) => {
    try {
      const { stdout, stderr } = await exec('git', args, { cwd: root, env, maxBuffer: 1 << 28 });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, stdout, stderr };
    }
  };
  const git: TempRepo['git'] = async (...args) => {
    const { code, stdout, stderr } = await tryGit(...args);
    if (code !== 0) throw new Error(`git ${args.join(' ')} exited ${code}\n${stdout}${stderr}`);
    return stdout;
  };
  await git('init', '--quiet', '--initial-branch=main', ...initArgs);
  return {
    root,
    env,
    git,
    tryGit,
    async write(path, content) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    },
    async commitAll(message = 'change') {
      await git('add', '--all');
      await git('commit', '--quiet', '--message', message);
      return (await git('rev-parse', 'HEAD')).trim();
    },
    // A hook may have started what still writes here.
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}
