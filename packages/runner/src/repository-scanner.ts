/** The scanner a repository gets: ours, with the rules its own `.secretlintrc.json` adds, turns off or loosens. */
import type { Settings } from '@bulwark/engine';
import { UserError } from '@bulwark/model';
import { addsNoRule, createScanner, loadSecretlintConfig } from '@bulwark/secrets';
import type { Scanner } from '@bulwark/secrets';

/**
 * @param cwd its rules are packages installed here or above.
 * @param mayLoadCode `false` in a process that goes on: it would keep the code of today for the checks of tomorrow.
 * A configuration that cannot be used is a UserError of the first scan.
 */
export function createRepositoryScanner(
  { maxFileSize, envFiles, secretlint }: Settings,
  cwd: string,
  { mayLoadCode = true }: { readonly mayLoadCode?: boolean } = {},
): Scanner {
  if (secretlint === null) return createScanner({ maxFileSize, envFiles });
  if (!mayLoadCode && !addsNoRule(secretlint.text))
    throw new UserError(`The rules of ${secretlint.path} are loaded by each check for itself.`);
  const loaded = loadSecretlintConfig(secretlint.path, secretlint.text, cwd).then((config) =>
    createScanner({ maxFileSize, envFiles, secretlint: config }),
  );
  // Whoever scans first is told; until then nobody waits for it.
  loaded.catch(() => {});
  return { mayMatter: () => true, scan: async (input) => (await loaded).scan(input) };
}

/** Added rules are other people's code, which has no name that would tell one build of it from another. */
export function scannerKey({ maxFileSize, envFiles, secretlint }: Settings): string | null {
  if (secretlint !== null && !addsNoRule(secretlint.text)) return null;
  const rest = [envFiles, ...(secretlint === null ? [] : [secretlint.text])];
  return envFiles.length === 0 && secretlint === null
    ? String(maxFileSize)
    : `${maxFileSize} ${JSON.stringify(rest)}`;
}
