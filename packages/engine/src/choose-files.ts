/** Which files are read at all: submodules, ignored paths and files over the cap are not, and are named. */
import { quotePath } from '@bulwark/model';
import type { FileRef, Problem, Skipped } from '@bulwark/model';
import { matches } from './settings.ts';
import type { Settings } from './settings.ts';

export interface ChosenFiles<T> {
  readonly wanted: readonly T[];
  /** Left out on purpose. */
  readonly skipped: readonly Skipped[];
  /** Left out though they should have been read. */
  readonly problems: readonly Problem[];
}

export function chooseFiles<T extends Pick<FileRef, 'path' | 'mode' | 'size'>>(
  files: readonly T[],
  settings: Settings,
): ChosenFiles<T> {
  const skipped: Skipped[] = [];
  const problems: Problem[] = [];
  const wanted: T[] = [];
  for (const file of files) {
    const { path, mode, size } = file;
    if (mode === '160000')
      skipped.push({ path, reason: 'a submodule; its files are judged in its own repository' });
    else if (matches(path, settings.ignore)) skipped.push({ path, reason: 'ignored by bulwark.json' });
    else if (size !== null && size > settings.maxFileSize) problems.push(tooLarge(path, size, settings));
    else wanted.push(file);
  }
  return { wanted, skipped, problems };
}

export function tooLarge(path: string, size: number, { maxFileSize }: Settings): Problem {
  return {
    path,
    message: `was not read: its ${inMegabytes(size)} are over maxFileSize (${inMegabytes(maxFileSize)})`,
    hint: `Leave it out of the commit, raise "maxFileSize" in bulwark.json, or ignore it there: "ignore": [${JSON.stringify(quotePath(path))}].`,
  };
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
}
