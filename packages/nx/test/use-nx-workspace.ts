import { afterAll, beforeAll } from '@jest/globals';
import { createNxWorkspace } from './nx-workspace.ts';
import type { NxWorkspace } from './nx-workspace.ts';
import { packBoth } from './pack.ts';
import type { Packed } from './pack.ts';

/** One workspace for the tests of a file, gone after them. */
export function useNxWorkspace(): () => NxWorkspace {
  let packed: Packed;
  let workspace: NxWorkspace;
  beforeAll(async () => {
    packed = packBoth();
    workspace = await createNxWorkspace(packed);
  });
  afterAll(async () => {
    await workspace.remove();
    packed.remove();
  });
  return () => workspace;
}
