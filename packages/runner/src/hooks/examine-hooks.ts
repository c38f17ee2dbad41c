/** What git would run for each of our hooks, and why it would not run Bulwark. */
import { join } from 'node:path';
import type { InstalledHook } from '@bulwark/git';
import { HOOK_NAMES } from './hook-names.ts';
import type { HookName } from './hook-names.ts';
import { isOurs } from './hook-script.ts';
import type { HookPlace } from './hook-target.ts';
import { readIfThere } from './read-if-there.ts';

export interface HookState {
  readonly hook: HookName;
  readonly runsBulwark: boolean;
  /** In words. */
  readonly because: string;
}

export async function examineHooks(place: HookPlace): Promise<HookState[]> {
  return Promise.all(HOOK_NAMES.map((hook) => examine(place, hook)));
}

async function examine({ location, target }: HookPlace, hook: HookName): Promise<HookState> {
  const byConfig = location.configured.find(
    ({ events, command }) => events.includes(hook) && mentions(command, hook),
  );
  if (byConfig)
    return {
      hook,
      runsBulwark: true,
      because: `hook.${byConfig.name}.command of git's configuration runs it (git 2.54 and newer)`,
    };
  if (!location.exists)
    return { hook, runsBulwark: false, because: `git looks in ${location.folder}, which does not exist` };
  const file = location.hooks.find(({ name }) => name === hook);
  if (!file) return { hook, runsBulwark: false, because: 'no such hook; bulwark init installs it' };
  const broken = whyNotRun(file);
  if (broken) return { hook, runsBulwark: false, because: broken };
  const text = (await readIfThere(file.path)) ?? '';
  if (target.kind === 'husky') return examineHusky(target.folder, hook);
  if (isOurs(text)) return { hook, runsBulwark: true, because: 'installed' };
  if (mentions(text, hook)) return { hook, runsBulwark: true, because: 'a hook of your own runs it' };
  return {
    hook,
    runsBulwark: false,
    because: 'the hook that is there does not run it; bulwark init adds it',
  };
}

function whyNotRun({ isExecutable, isDangling, path }: InstalledHook): string | null {
  if (isDangling) return `${path} is a link to nothing`;
  return isExecutable ? null : `${path} is not executable, so git skips it; run: chmod +x on it`;
}

async function examineHusky(folder: string, hook: HookName): Promise<HookState> {
  const text = await readIfThere(join(folder, hook));
  if (text === null)
    return { hook, runsBulwark: false, because: `there is no .husky/${hook}; bulwark init adds it` };
  if (text.includes(`BULWARK_HOOK=${hook} `))
    return { hook, runsBulwark: true, because: `installed in .husky/${hook}` };
  if (mentions(text, hook)) return { hook, runsBulwark: true, because: `.husky/${hook} runs it` };
  return { hook, runsBulwark: false, because: `.husky/${hook} does not run it; bulwark init adds it` };
}

/** A line that is no comment and calls `bulwark hook <name>`, however it is found. */
function mentions(text: string, hook: HookName): boolean {
  const call = new RegExp(String.raw`bulwark(?:\.[cm]js)?["']?\s+hook\s+${hook}\b`);
  return text.split('\n').some((line) => !line.trimStart().startsWith('#') && call.test(line));
}
