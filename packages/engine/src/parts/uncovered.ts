/** What no report covers. */
import type { App, FileRef, PartName, Problem } from '@bulwark/model';
import type { PartScope } from './part-scope.ts';

/** @param parts those there is a report on, even one that cannot be used: that is said already */
export function uncovered(
  parts: readonly PartName[],
  apps: readonly App[],
  files: readonly FileRef[],
  scopeOf: (of: PartName) => PartScope,
): Problem[] {
  const shards = parts.filter((of) => of.kind === 'shard');
  const [first] = shards;
  if (!first) return uncoveredByFolders(parts, apps, files, scopeOf);
  if (shards.length < parts.length) return [mixed('some of the reports are shards, and others are not')];
  if (shards.some(({ count }) => count !== first.count))
    return [mixed('the reports are shards of different numbers of parts')];
  const there = new Set(shards.map(({ index }) => index));
  return Array.from({ length: first.count }, (_, at) => at + 1)
    .filter((index) => !there.has(index))
    .map((index) => ({
      path: null,
      message: `the report of shard ${index}/${first.count} is missing`,
      hint: `Run: bulwark audit --shard ${index}/${first.count}`,
    }));
}

function mixed(message: string): Problem {
  return { path: null, message, hint: 'Merge the reports of one run only.' };
}

function uncoveredByFolders(
  parts: readonly PartName[],
  apps: readonly App[],
  files: readonly FileRef[],
  scopeOf: (of: PartName) => PartScope,
): Problem[] {
  const scopes = parts.map(scopeOf);
  const missing = apps.filter((app) => !scopes.some((scope) => scope.wantsApp(app)));
  const isMissing = (path: string): boolean =>
    missing.some(({ root }) => root === '.' || path.startsWith(`${root}/`));
  const left = files.filter(({ path }) => !scopes.some((scope) => scope.covers(path)) && !isMissing(path));
  return [
    ...missing.map(({ root }) => ({
      path: root,
      message: 'no report covers this app',
      hint: 'Run bulwark lint in its folder, with a report in JSON.',
    })),
    ...(left.length === 0
      ? []
      : [
          {
            path: left[0]!.path,
            message:
              left.length === 1
                ? 'no report covers this file'
                : `no report covers this file, and ${left.length - 1} more`,
            hint: 'bulwark lint --workspace covers what lies in no app.',
          },
        ]),
  ];
}
