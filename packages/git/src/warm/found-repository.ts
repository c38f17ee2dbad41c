/** Where a repository is, remembered for as long as everything that decides it reads the same. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment } from '../git-environment.ts';
import { findRepository, type Repository } from '../repository.ts';

/** A file that decides where the repository is, and what it held; `null` where it was not there. */
type Witness = readonly [file: string, text: string | null];

interface Found {
  readonly repository: Repository;
  readonly witnesses: readonly Witness[];
}

/** Folders and environments that are kept in mind. */
const MOST = 64;

/**
 * Finds repositories as {@link findRepository} does, but asks git only when something changed. `head` and `indexFile`
 * are of the moment it asked: whoever needs them looks anew.
 */
export function createFinder(): (cwd: string, env: NodeJS.ProcessEnv) => Promise<Repository | null> {
  const known = new Map<string, Found>();

  return async (cwd, env) => {
    const key = JSON.stringify([cwd, ...Object.entries(gitEnvironment(env)).filter(decides).toSorted()]);
    const found = known.get(key);
    if (found && isUnchanged(found.witnesses)) return found.repository;
    known.delete(key);
    const repository = await findRepository(cwd, env);
    const witnesses = repository && readWitnesses(repository, cwd, env);
    if (!witnesses) return repository;
    if (known.size >= MOST) known.clear();
    known.set(key, { repository, witnesses });
    return repository;
  };
}

/** The index is another with every way to commit; where it is says nothing of where the repository is. */
function decides([name]: readonly [string, string | undefined]): boolean {
  return name !== 'GIT_INDEX_FILE';
}

function isUnchanged(witnesses: readonly Witness[]): boolean {
  return witnesses.every(([file, text]) => readWitness(file) === text);
}

/** @returns null where configuration includes files that are not read here. */
function readWitnesses(
  { gitDir, commonDir }: Repository,
  cwd: string,
  env: NodeJS.ProcessEnv,
): readonly Witness[] | null {
  const { HOME = '/', XDG_CONFIG_HOME = join(HOME, '.config') } = env;
  const configurations = [
    join(commonDir, 'config'),
    join(gitDir, 'config.worktree'),
    env['GIT_CONFIG_GLOBAL'] ?? join(HOME, '.gitconfig'),
    join(XDG_CONFIG_HOME, 'git/config'),
    env['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig',
  ];
  const files = [...configurations, join(cwd, '.git'), join(gitDir, 'commondir'), join(gitDir, 'gitdir')];
  const witnesses = files.map((file) => [file, readWitness(file)] as const);
  const texts = witnesses.slice(0, configurations.length).map(([, text]) => text ?? '');
  return texts.some((text) => /\[\s*include/i.test(text)) ? null : witnesses;
}

/** What a file holds; of a folder, which one it is. Small files are read sooner than a thread could fetch them. */
function readWitness(file: string): string | null {
  try {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    if (!stats) return null;
    return stats.isDirectory() ? `folder ${stats.dev} ${stats.ino}` : readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}
