import { readRunner } from './runners.ts';
import type { Role } from './role.ts';
import type { Image } from './dockerfile.ts';
import type { Environment, Leaf, World } from './follow.ts';
import type { TextFiles } from './text-files.ts';
import type { Place, Snapshot, StartCommand, StartProblem, StartSource } from '@bulwark/model';

/** Whether something was built before it is started, and why we think so. */
export interface Built {
  readonly answer: StartCommand['buildBefore'];
  readonly because: string;
}

/** One thing a file of the repository starts, followed to its ends. */
export interface Source {
  readonly source: StartSource;
  readonly name: string;
  readonly place: Place;
  readonly role: Role;
  readonly leaves: readonly Leaf[];
  /** What was built before any of the leaves runs. */
  readonly built: Built;
}

/** What the readers of the various files share. */
export interface Sources {
  readonly snapshot: Snapshot;
  readonly texts: TextFiles;
  readonly world: World;
  /** Roots of the apps. */
  readonly apps: readonly string[];
  readonly images: readonly Image[];
  problem(problem: StartProblem): void;
}

export const builtElsewhere: Built = {
  answer: 'unknown',
  because: 'what runs before it is decided elsewhere',
};
export const nothing: Environment = new Map();

/** Whether leaves end in `arkos build`. */
export function builds(leaves: readonly Leaf[]): boolean {
  return leaves.some(({ command }) => command === 'arkos build');
}

/** What a list of leaves that ran before says of the build. */
export function builtBy(leaves: readonly Leaf[], where: string): Built {
  if (builds(leaves)) return { answer: 'yes', because: `${where} runs arkos build` };
  const open = leaves.find(({ command, text }) => command === 'unknown' && !isHarmless(text));
  return open
    ? {
        answer: 'unknown',
        because: `${where} runs \`${open.text}\`, which cannot be followed: ${open.because ?? ''}`,
      }
    : { answer: 'no', because: `${where} does not run arkos build` };
}

/** A command of which only options are unknown: `apk add $PACKAGES`. */
function isHarmless(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    /^(?:apk|apt|apt-get|mkdir|chown|chmod|cp|mv|rm|wget|curl)$/.test(words[0] ?? '') ||
    readRunner(words)?.kind === 'nothing'
  );
}
