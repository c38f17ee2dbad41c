import type { CheckRequest, Snapshot, Subject } from '@bulwark/model';
import { createOpenSubject } from '../src/open-subject.ts';
import { isolatedEnv } from './temporary-repository.ts';

const opened: Subject[] = [];

/** Opens a subject that {@link closeSubjects} closes. */
export async function open(
  cwd: string,
  request: Partial<CheckRequest> = {},
  env: NodeJS.ProcessEnv = {},
): Promise<Subject> {
  const openSubject = createOpenSubject({ env: { ...isolatedEnv, ...env } });
  const subject = await openSubject({ cwd, view: { kind: 'index' }, scope: 'changes', ...request });
  opened.push(subject);
  return subject;
}

export async function closeSubjects(): Promise<void> {
  await Promise.all(opened.splice(0).map((subject) => subject.close()));
}

/** The text of one file of a snapshot; null if it holds none of that name. */
export async function textOf(snapshot: Snapshot, path: string): Promise<string | null> {
  const file = snapshot.file(path);
  return file === undefined ? null : Buffer.from(await snapshot.read(file)).toString('utf8');
}

export function pathsOf(snapshot: Pick<Snapshot, 'files'>): string[] {
  return snapshot.files.map(({ path }) => path);
}

/** `git ls-tree -r` of a snapshot's files, to compare with git's own. */
export function treeOf(snapshot: Pick<Snapshot, 'files'>): string[] {
  return snapshot.files.map(({ path, mode, blob }) => `${mode} ${blob ?? 'gitlink'} ${path}`);
}
