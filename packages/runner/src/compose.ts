/** Where the parts are joined. */
import { createCheck } from '@bulwark/engine';
import type { CheckParts } from '@bulwark/engine';
import { createOpenSubject } from '@bulwark/git';
import { fingerprint, noStore } from '@bulwark/model';
import type { Check, Store } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import { readBuildId } from './build-id.ts';
import { createRepositoryScanner, scannerKey } from './repository-scanner.ts';
import type { Call } from './command.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

/** Who asks, and how. */
export interface Asked extends Pick<Io, 'cwd' | 'env' | 'daemon'> {
  /** `false`: nothing is remembered, and what was is not looked at. */
  readonly isCached?: boolean;
  /** Files that are no part of the work tree while they are untracked; absolute. */
  readonly aside?: ReadonlySet<string>;
  /** `true`: plugins are run as they are in the work tree. */
  readonly triesPlugins?: boolean;
}

export function askedBy({ options, io }: Pick<Call, 'options' | 'io'>): Asked {
  const { cwd, env, daemon } = io;
  return {
    cwd,
    env,
    isCached: options['no-cache'] !== true,
    triesPlugins: options['try-plugins'] === true,
    ...(daemon ? { daemon } : {}),
  };
}

/** The parts every check is made of. */
export function checkParts({ cwd, env, isCached, aside, triesPlugins = false, daemon }: Asked): CheckParts {
  return {
    version,
    rules,
    openSubject: (daemon?.openSubjects ?? createOpenSubject)({ env, ...(aside ? { aside } : {}) }),
    plugins: {
      isTrial: triesPlugins,
      load: async (code) =>
        (await import('./plugins/load-plugin.ts')).loadPlugin(code, { isGoingOn: daemon !== undefined }),
    },
    createScanner: (settings) =>
      createRepositoryScanner(settings, cwd, { mayLoadCode: daemon === undefined }),
    ...(isCached === false ? {} : { memory: { open: daemon?.openStore ?? openStoreOf, scannerKey } }),
    now: () => new Date(),
  };
}

export function composeCheck(asked: Asked): Check {
  return createCheck(checkParts(asked));
}

/** What is remembered of a repository on disk. */
export async function openStoreOf(commonDir: string): Promise<Store> {
  const build = readBuild();
  if (build === null) return noStore;
  const { openStore } = await import('@bulwark/daemon/store');
  return openStore(commonDir, build);
}

/**
 * The version, and a digest of what else may change an answer: the code, as the build wrote it beside the bundle, and
 * the Node it runs on. Source that is not built has no such name, so it remembers nothing.
 */
export function readBuild(): string | null {
  const id = readBuildId();
  return id && `${version}-${fingerprint(id, process.version).slice(0, 16)}`;
}
