import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));

/** Modules that a clean commit has no use for; the larger ones, as even functions that are never called take time. */
const UNUSED = [
  /\/engine\/src\/(?:check-settings|settings-mistakes|policy\/weakenings|policy\/locate)\.ts$/,
  /\/engine\/src\/parts\/(?!part-of)[a-z-]+\.ts$/,
  /\/git\/src\/(?:open-subject|repository|worktree-snapshot)\.ts$/,
  /\/reporters\/src\/(?:github|gitlab|html|json|junit|markdown|sarif)\.ts$/,
];

/** What is left out of the program for clean commits (packages/runner/src/quick). */
export const QUICK = {
  giveUp: join(packages, 'runner/src/quick/give-up.ts'),
  // Many files hold what might be a secret and is none.
  isKept: (name) => /^\.\/(?:detector-matches|engine-matches|secretlint)\.ts$/.test(name),
  isLeftOut: (path) => UNUSED.some((pattern) => pattern.test(path)),
};
