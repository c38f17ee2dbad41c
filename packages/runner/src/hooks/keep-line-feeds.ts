/**
 * Hooks that are committed must not be checked out with CRLF (`core.autocrlf`): no `sh` reads them then. So their
 * folder gets attributes (gitattributes(5)), beside those that are there.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from './read-if-there.ts';

const BLOCK = '# >>> bulwark >>>\n* text=auto eol=lf\n# <<< bulwark <<<\n';

export async function keepLineFeeds(folder: string): Promise<void> {
  const file = join(folder, '.gitattributes');
  const present = (await readIfThere(file)) ?? '';
  if (present.includes(BLOCK)) return;
  await mkdir(folder, { recursive: true });
  // The last line that matches a file decides, and what others have written is theirs to decide.
  await writeFile(file, BLOCK + present, 'latin1');
}

export async function stopKeepingLineFeeds(folder: string): Promise<void> {
  const file = join(folder, '.gitattributes');
  const present = await readIfThere(file);
  if (!present?.includes(BLOCK)) return;
  const rest = present.replace(BLOCK, '');
  if (rest === '') await rm(file);
  else await writeFile(file, rest, 'latin1');
}
