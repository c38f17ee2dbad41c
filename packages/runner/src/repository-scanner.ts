/** The scanner a repository gets: ours, with the rules its own `.secretlintrc.json` adds, turns off or loosens. */
import type { Settings } from '@bulwark/engine';
import { createScanner, loadSecretlintConfig } from '@bulwark/secrets';
import type { Scanner } from '@bulwark/secrets';

/**
 * @param cwd its rules are packages installed here or above.
 * A configuration that cannot be used is a UserError of the first scan.
 */
export function createRepositoryScanner({ maxFileSize, secretlint }: Settings, cwd: string): Scanner {
  if (secretlint === null) return createScanner({ maxFileSize });
  const loaded = loadSecretlintConfig(secretlint.path, secretlint.text, cwd).then((config) =>
    createScanner({ maxFileSize, secretlint: config }),
  );
  // Whoever scans first is told; until then nobody waits for it.
  loaded.catch(() => {});
  return { mayMatter: () => true, scan: async (input) => (await loaded).scan(input) };
}

/** Added rules are other people's code, which has no name that would tell one build of it from another. */
export function scannerKey({ maxFileSize, secretlint }: Settings): string | null {
  return secretlint === null ? String(maxFileSize) : null;
}
