/** What a change of `.secretlintignore` takes away from the search for secrets. */
import type { FileRef } from '@bulwark/model';
import { SECRETLINT_IGNORE, createIgnoresSecrets } from '../secretlint-ignore.ts';
import type { Settings } from '../settings.ts';
import type { PolicyFinding } from './policy-finding.ts';

interface Change {
  readonly base: Settings;
  readonly now: Settings;
  readonly files: readonly FileRef[];
}

/** A new line counts if it takes files away that were searched, or waits for files; a dropped exception if it takes some. */
export function secretsIgnored({ base, now, files }: Change): PolicyFinding[] {
  if (base.secretlintIgnore === now.secretlintIgnore) return [];
  const [before, after] = [linesOf(base.secretlintIgnore), linesOf(now.secretlintIgnore)];
  const [wasIgnored, isIgnored] = [base, now].map(({ secretlintIgnore }) =>
    createIgnoresSecrets(secretlintIgnore),
  );
  const lost = files.filter(({ path }) => isIgnored!(path) && !wasIgnored!(path));
  const added = [...after].flatMap(([line, at]): PolicyFinding[] => {
    if (line.startsWith('!') || before.has(line)) return [];
    const named = createIgnoresSecrets(line);
    const more = lost.filter(({ path }) => named(path)).length;
    if (more === 0 && files.some(({ path }) => named(path))) return [];
    return [toFinding('secretsIgnored', line, more, at)];
  });
  const dropped = [...before.keys()].flatMap((line): PolicyFinding[] => {
    if (!line.startsWith('!') || after.has(line)) return [];
    const named = createIgnoresSecrets(line.slice(1));
    const more = lost.filter(({ path }) => named(path)).length;
    return more === 0 ? [] : [toFinding('secretsExceptionDropped', line, more, 1)];
  });
  return [...added, ...dropped];
}

/** Patterns, and the line each stands on. */
function linesOf(text: string | null): Map<string, number> {
  const lines = (text ?? '').split(/\r?\n/).map((line, index) => [line.trim(), index + 1] as const);
  return new Map(lines.filter(([line]) => line !== '' && !line.startsWith('#')));
}

function toFinding(message: string, line: string, files: number, at: number): PolicyFinding {
  return {
    key: `${SECRETLINT_IGNORE} ${line}`,
    message,
    props: { glob: JSON.stringify(line), files },
    at: [],
    place: { path: SECRETLINT_IGNORE, line: at, column: 1, endLine: at, endColumn: line.length + 1 },
  };
}
