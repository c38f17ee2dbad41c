/** What somebody may do to a work tree, its index and its branches. */
import { lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import * as fc from 'fast-check';
import type { TemporaryRepository } from './temporary-repository.ts';

/** Where files may stand; some in the way of others. */
export const path = fc.constantFrom('a', 'b', 'd/a', 'd/b', 'd/e/c', 'x y', 'é', 'd');
const text = fc.constantFrom('', 'one\n', 'two\n', 'three\n');

/** Removes what stands at a path, and any file that stands where a folder above it must be. */
export function makeRoom(repository: TemporaryRepository, path: string): void {
  const parts = path.split('/');
  for (const depth of parts.slice(1).keys()) {
    const folder = repository.path(...parts.slice(0, depth + 1));
    if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) rmSync(folder, { force: true });
    mkdirSync(folder, { recursive: true });
  }
  rmSync(repository.path(path), { recursive: true, force: true });
}

export type Step = (repository: TemporaryRepository) => void;

/** A step that git may refuse (a path that is not there, a folder in the way) is no step. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(path, text).map(([path, text]) => (repository: TemporaryRepository) => {
    makeRoom(repository, path);
    repository.write(path, text);
    repository.tryGit('add', '--', path);
  }),
  fc.tuple(path, text, text).map(([path, staged, onDisk]) => (repository: TemporaryRepository) => {
    makeRoom(repository, path);
    repository.write(path, staged);
    repository.tryGit('add', '--', path);
    repository.write(path, onDisk);
  }),
  fc.tuple(path, path).map(([from, to]) => (repository: TemporaryRepository) => {
    repository.tryGit('mv', '-f', '--', from, to);
  }),
  path.map((path) => (repository: TemporaryRepository) => {
    repository.tryGit('rm', '-r', '-f', '-q', '--cached', '--', path);
  }),
  fc.tuple(path, text).map(([path, target]) => (repository: TemporaryRepository) => {
    makeRoom(repository, path);
    symlinkSync(target === '' ? 'empty' : target, repository.path(path));
    repository.tryGit('add', '--', path);
  }),
  path.map((path) => (repository: TemporaryRepository) => {
    repository.tryGit('update-index', '--chmod=+x', '--', path);
  }),
  path.map((path) => (repository: TemporaryRepository) => {
    repository.write('planned', 'later\n');
    repository.tryGit('add', '-N', '--', path, 'planned');
  }),
  fc.constant((repository: TemporaryRepository) => {
    repository.tryGit('commit', '-q', '--amend', '--allow-empty', '-m', 'amended');
  }),
  fc.constant((repository: TemporaryRepository) => {
    repository.tryGit('commit', '-q', '-m', 'step');
  }),
  fc.constant((repository: TemporaryRepository) => {
    repository.tryGit('checkout', '-q', '-f', '-B', 'side', 'HEAD~1');
  }),
  fc.constant((repository: TemporaryRepository) => {
    if (repository.tryGit('merge', '-q', '--no-ff', '--no-commit', 'main').code === 0) return;
    repository.tryGit('checkout', '-q', '--theirs', '--', '.');
    repository.tryGit('add', '-A');
  }),
);
