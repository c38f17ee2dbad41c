import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { UserError } from '@bulwark/model';
import type { CheckRequest, OpenSubject, Snapshot, Subject } from '@bulwark/model';
import { openBlobReader, type BlobReader } from './blob-reader.ts';
import { commitSnapshot, freezeCommit, listTree } from './commit-snapshot.ts';
import { compareSnapshots } from './compare-snapshots.ts';
import { takeEarly, type EarlyAnswers } from './early-index.ts';
import { askIndex, indexSnapshot } from './index-snapshot.ts';
import { measure } from './measure.ts';
import { findRepository, resolveCommit, type Repository } from './repository.ts';
import { runGit } from './run-git.ts';
import { worktreeSnapshot } from './worktree-snapshot.ts';

export interface SubjectIo {
  /** The variables of whoever asks: a hook's `GIT_*` name the index and the repository. */
  readonly env: NodeJS.ProcessEnv;
  /** Absolute paths, links resolved, that are no part of a work tree while they are untracked. */
  readonly aside?: ReadonlySet<string>;
}

/** Opens what a request is about, in the repository that git finds from its folder. */
export function createOpenSubject({ env, aside }: SubjectIo): OpenSubject {
  return async (request) => {
    const early = request.view.kind === 'index' ? takeEarly(request.cwd, env) : null;
    let fitting: EarlyAnswers | null = null;
    let repository: Repository | null;
    try {
      repository = await findRepository(request.cwd, env, early?.where);
      if (repository && isAtTop(repository, request)) fitting = early;
    } finally {
      // Nobody would end it, and it would keep this process from ending.
      if (!fitting) early?.objects.kill();
    }
    if (repository === null) return openFolder(request);
    const blobs = openBlobReader(repository.place, fitting?.objects);
    try {
      const folder = await folderFrom(repository.topLevel ?? request.cwd, request.cwd);
      const { commonDir } = repository;
      const opened = await open(repository, request, blobs, fitting, aside);
      return {
        ...opened,
        folder,
        commonDir,
        ...(repository.topLevel === null ? {} : { topLevel: repository.topLevel }),
        openTrusted: () => openHead(repository, opened, blobs),
        close: () => blobs.close(),
      };
    } catch (error) {
      await blobs.close();
      throw error;
    }
  };
}

/** Opens what a request is about, under this process's own environment. */
export const openSubject: OpenSubject = (request) => createOpenSubject({ env: process.env })(request);

/** There, what was asked in the folder itself is what would be asked of the repository. */
function isAtTop({ topLevel, head }: Repository, { cwd }: CheckRequest): boolean {
  return topLevel === cwd && head !== null;
}

type Opened = Pick<Subject, 'snapshot' | 'changes' | 'bases'>;

/** HEAD is what is checked out, by somebody who meant to: what a request names may be anybody's. */
async function openHead(
  repository: Repository,
  { snapshot, bases }: Opened,
  blobs: BlobReader,
): Promise<Snapshot | null> {
  const { head } = repository;
  if (head === null) return null;
  const known = [...bases, snapshot].find(({ kind, commit }) => kind === 'commit' && commit === head);
  return known ?? commitSnapshot(repository, head, blobs);
}

async function open(
  repository: Repository,
  request: CheckRequest,
  blobs: BlobReader,
  early: EarlyAnswers | null,
  aside?: ReadonlySet<string>,
): Promise<Opened> {
  const { view } = request;
  if (view.kind === 'index') return openIndex(repository, request, blobs, early);
  if (view.kind === 'commit') {
    const commit = await resolveCommit(repository.place, view.commit);
    if (commit === null) {
      throw new UserError(
        `There is no commit ${JSON.stringify(view.commit)} here`,
        'Name a commit, branch or tag.',
      );
    }
    return openCommit(repository, commit, request, blobs);
  }
  const { topLevel, head, isBare } = repository;
  if (topLevel !== null) return openWorktree({ ...repository, topLevel }, request, blobs, aside);
  if (!isBare) throw noWorkTree(repository);
  // A bare repository has nothing but its commits.
  if (head === null) throw new UserError('This bare repository has no commit yet', 'Push one first.');
  return openCommit(repository, head, request, blobs);
}

function noWorkTree({ isBare }: Repository): UserError {
  return isBare
    ? new UserError('This repository is bare, so nothing is staged in it', 'Run this in a work tree of it.')
    : new UserError('This folder is not in the work tree', 'Run this in the work tree.');
}

async function openIndex(
  repository: Repository,
  { scope }: CheckRequest,
  blobs: BlobReader,
  early: EarlyAnswers | null,
): Promise<Opened> {
  // Git would take the index that is not there for an empty one.
  if (repository.topLevel === null) throw noWorkTree(repository);
  const asked = await askIndex(repository, early);
  const { snapshot, changes, base } = await indexSnapshot(repository, asked, blobs, scope);
  return {
    snapshot,
    changes: scope === 'changes' ? changes : null,
    // In a merge, too, HEAD alone is what there was: what the other side brings is new to this branch.
    bases: base === null ? [] : [base],
  };
}

async function openCommit(
  repository: Repository,
  commit: string,
  { scope, base }: CheckRequest,
  blobs: BlobReader,
): Promise<Opened> {
  const files = await listTree(repository, commit);
  if (scope === 'everything') {
    return {
      snapshot: {
        ...freezeCommit(commit, files, blobs),
        measure: (some) => measure(repository, some),
      },
      changes: null,
      bases: [],
    };
  }
  const parents = base === undefined ? await listParents(repository, commit) : [base];
  const bases = await Promise.all(parents.map((parent) => commitSnapshot(repository, parent, blobs)));
  const changes = compareSnapshots(bases[0] ?? null, freezeCommit(commit, files, blobs));
  const changed = new Set(changes.map(({ path }) => path));
  const sized = await measure(repository, files, ({ path }) => changed.has(path));
  return { snapshot: freezeCommit(commit, sized, blobs), changes, bases };
}

async function listParents({ place }: Repository, commit: string): Promise<string[]> {
  const { stdout } = await runGit(place, ['rev-list', '--parents', '--max-count=1', commit, '--']);
  return stdout.toString().trim().split(' ').slice(1);
}

async function openWorktree(
  repository: Repository & { readonly topLevel: string },
  { scope, base: given }: CheckRequest,
  blobs: BlobReader,
  aside?: ReadonlySet<string>,
): Promise<Opened> {
  const from = given ?? repository.head;
  const snapshot = await worktreeSnapshot(repository, blobs, aside);
  if (scope === 'everything') return { snapshot, changes: null, bases: [] };
  const base = from === null ? null : await commitSnapshot(repository, from, blobs);
  return { snapshot, changes: compareSnapshots(base, snapshot), bases: base === null ? [] : [base] };
}

/** Without a repository there is only what lies in the folder. */
async function openFolder({ cwd, view, scope }: CheckRequest): Promise<Subject> {
  if (view.kind !== 'worktree' || scope !== 'everything') {
    throw new UserError(`${cwd} is not in a git repository`, 'Run this in one, or make one with `git init`.');
  }
  const { folderSnapshot } = await import('./folder-snapshot.ts');
  return {
    snapshot: await folderSnapshot(cwd),
    folder: '.',
    changes: null,
    bases: [],
    close: async () => {},
  };
}

/** Git names the top with symbolic links resolved; a shell may have come by another way. */
async function folderFrom(top: string, cwd: string): Promise<string> {
  const path = relative(top, await realpath(cwd))
    .split(sep)
    .join('/');
  return path === '' || path.startsWith('../') ? '.' : path;
}
