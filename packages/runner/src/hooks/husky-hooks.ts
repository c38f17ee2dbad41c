/**
 * Hooks of a repository that uses husky: a block at the head of `.husky/<hook>` that runs the one script
 * `.husky/bulwark.sh`. Both are committed, so a clone has them as soon as husky runs.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOOK_NAMES } from './hook-names.ts';
import type { HookChange, HookName } from './hook-names.ts';
import { readIfThere } from './read-if-there.ts';

const BEGIN = '# >>> bulwark >>>\n';
const END = '# <<< bulwark <<<\n';
const SCRIPT = 'bulwark.sh';

export async function installHuskyHooks(folder: string, script: string): Promise<HookChange[]> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, SCRIPT), script, 'latin1');
  const changes: HookChange[] = [];
  for (const hook of HOOK_NAMES) {
    const file = join(folder, hook);
    const present = await readIfThere(file);
    const wanted = withBlock(withoutBlock(present ?? ''), blockFor(hook));
    if (present === wanted) {
      changes.push({ hook, file, did: 'kept' });
      continue;
    }
    await writeFile(file, wanted, 'latin1');
    changes.push({
      hook,
      file,
      did: present === null ? 'created' : present.includes(BEGIN) ? 'updated' : 'chained',
    });
  }
  return changes;
}

export async function uninstallHuskyHooks(folder: string): Promise<HookChange[]> {
  const changes: HookChange[] = [];
  for (const hook of HOOK_NAMES) {
    const file = join(folder, hook);
    const present = await readIfThere(file);
    if (present === null || !present.includes(BEGIN)) continue;
    const rest = withoutBlock(present);
    if (rest === '') await rm(file);
    else await writeFile(file, rest, 'latin1');
    changes.push({ hook, file, did: rest === '' ? 'removed' : 'restored' });
  }
  await rm(join(folder, SCRIPT), { force: true });
  return changes;
}

/** Husky runs these files with `sh -e`; what follows the block still gets the refs of a push on its standard input. */
function blockFor(hook: HookName): string {
  const run = `BULWARK_HOOK=${hook} sh "\${0%/*}/${SCRIPT}" "$@" || exit $?\n`;
  if (hook !== 'pre-push') return `${BEGIN}${run}${END}`;
  const keep = 'bulwark_input=$(cat)\n';
  const passOn = 'exec <<BULWARK_INPUT\n$bulwark_input\nBULWARK_INPUT\n';
  return `${BEGIN}${keep}printf '%s\\n' "$bulwark_input" | ${run}${passOn}${END}`;
}

/** After a `#!` line, if there is one. */
function withBlock(text: string, block: string): string {
  const head = /^#![^\n]*\n/.exec(text)?.[0] ?? '';
  return head + block + text.slice(head.length);
}

function withoutBlock(text: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END, from);
  return from === -1 || to === -1 ? text : text.slice(0, from) + text.slice(to + END.length);
}
