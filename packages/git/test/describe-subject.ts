import type { Subject } from '@bulwark/model';
import { treeOf } from './open.ts';

/** All that a subject says, in a form that can be compared: of how it was opened nothing is left. */
export async function describeSubject({
  snapshot,
  changes,
  bases,
  folder,
  commonDir,
  topLevel,
}: Subject): Promise<unknown> {
  const contents = await Promise.all(
    snapshot.files.map(async (file) =>
      file.mode === '160000' ? null : Buffer.from(await snapshot.read(file)).toString('latin1'),
    ),
  );
  const sizes = snapshot.files.map(({ size }) => size);
  return {
    tree: treeOf(snapshot),
    commit: snapshot.commit,
    changes: changes!.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    bases: bases.map((base) => [base.commit, treeOf(base)]),
    contents,
    sizes,
    folder,
    commonDir,
    topLevel,
  };
}
