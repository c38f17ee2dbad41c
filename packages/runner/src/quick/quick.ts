/**
 * The program for a commit that is clean: the same check, made of as little code as that takes. What is seldom needed is
 * left out, and whoever calls it gives up. So it knows one answer, "clean"; for every other one it is as if it had not
 * run, and the whole program judges from the start.
 */
import { writeSync } from 'node:fs';
import { openStore } from '@bulwark/daemon/store';
import { openPlainIndex } from '@bulwark/git';
import { noStore } from '@bulwark/model';
import type { Store } from '@bulwark/model';
import { composeCheck, readBuild } from '../compose.ts';
import type { InDaemon, Io } from '../io.ts';
import { printReport } from '../print-report.ts';
import { giveUp, hasGivenUp } from './give-up.ts';
import { isTerminal } from './is-terminal.ts';

/** @returns whether all is clean, and that was said. Otherwise nothing was. */
export async function isClean(cwd: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    let said = '';
    const io: Io = {
      cwd,
      env,
      stdin: nothing(),
      write: (text) => void (said += text),
      writeError: () => giveUp('what is said beside the report'),
      isTerminal: isTerminal(1),
      isErrorTerminal: false,
      isStdinTerminal: false,
    };
    const check = composeCheck({ cwd, env, daemon: quickly });
    const report = await check({ cwd, view: { kind: 'index' }, scope: 'changes' });
    const code = await printReport(report, { options: {}, io });
    return code === 0 && !hasGivenUp() && write(said);
  } catch {
    return false;
  }
}

/** As in a daemon, whose "clean" alone is believed as well, nothing is run or written that others may care about. */
const quickly: InDaemon = {
  async openStore(commonDir) {
    const build = readBuild();
    return build === null ? noStore : untilGivenUp(await openStore(commonDir, build));
  },
  openSubjects:
    ({ env }) =>
    async (request) => {
      const subject = (await openPlainIndex(request, env)) ?? giveUp('how to ask git');
      // Sooner than after all that can be judged without them.
      if (subject.changes?.some(({ path }) => OF_APPS.test(path))) giveUp('what judges apps anew');
      return subject;
    },
};

/** Files by which apps are known, configured and started: where one of them changes, no answer about apps is remembered. */
const OF_APPS =
  /(?:^|\/)(?:arkos\.config\.\w+|package\.json|[^/]*lock[^/]*\.(?:ya?ml|json)|yarn\.lock|tsconfig[^/]*\.json|[^/]*\.prisma|\.env[^/]*|[^/]*[Dd]ockerfile[^/]*|[^/]*compose[^/]*\.ya?ml|Procfile)$/;

/** What was answered without all there is to it must not be remembered. */
function untilGivenUp(store: Store): Store {
  return {
    recall: (key) => store.recall(key),
    shelf: (name) => store.shelf(name),
    async keep(key, answer) {
      if (!hasGivenUp()) await store.keep(key, answer);
    },
    async close() {
      if (!hasGivenUp()) await store.close();
    },
  };
}

/** A reader that went away changes no verdict (EPIPE). @returns false where nothing could be written yet. */
function write(text: string): boolean {
  let rest = Buffer.from(text);
  let isBegun = false;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
      isBegun = true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN' && isBegun) continue;
      if (code === 'EPIPE') return true;
      if (!isBegun) return false;
      process.exitCode = 2;
      return true;
    }
  }
  return true;
}

async function* nothing(): AsyncGenerator<never> {}
