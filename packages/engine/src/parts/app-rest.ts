/** What the verdicts on one app rest on beside the files of its own folder. */
import type { Trace } from '@bulwark/arkos';
import { canonicalJson, fingerprint, isInApp } from '@bulwark/model';
import type { App, AppRest, StartFacts } from '@bulwark/model';

export function restOf(app: App, all: readonly App[], start: StartFacts | undefined, trace: Trace): AppRest {
  const isOutside = (path: string): boolean => !isInApp(app, path);
  return {
    facts: digestOfFacts(app, all, start),
    files: trace.files.filter(({ path }) => isOutside(path)),
    missing: trace.missing.filter(isOutside),
    names: trace.names,
    lists: trace.lists.filter(({ folder }) => folder !== app.root && isOutside(folder)),
  };
}

/** The app as discovered and how it is started: both come of files anywhere, so they are compared as facts. */
export function digestOfFacts(app: App, all: readonly App[], start: StartFacts | undefined): string {
  if (!start || start.problems.length === 0) return fingerprint(canonicalJson({ app, start }));
  const others = all.filter(({ root }) => root !== app.root && !isInApp({ root }, `${app.root}/`));
  const problems = start.problems.filter(({ path }) => !others.some((other) => isInApp(other, path)));
  return fingerprint(canonicalJson({ app, start: { ...start, problems } }));
}
