import { readFile } from 'node:fs/promises';

/** In the second line of every hook file that is wholly ours. */
export const MARK = '# bulwark-hook:';

/**
 * The hook script, for a package installed in this folder (from the top of the work tree, `.` for the top
 * itself), its bytes as Latin-1. It is `packages/runner/hooks/hook.sh`.
 */
export async function hookScript(packageFolder: string): Promise<string> {
  const script = await readFile(new URL('../../hooks/hook.sh', import.meta.url), 'latin1');
  const folder = Buffer.from(packageFolder, 'utf8').toString('latin1');
  return script.replace('@FOLDER@', () => folder.replaceAll(/["$`\\]/g, String.raw`\$&`));
}

/** Whether a hook file's text is one of ours, of whatever version. */
export function isOurs(text: string): boolean {
  return text.split('\n', 2)[1]?.startsWith(MARK) ?? false;
}
