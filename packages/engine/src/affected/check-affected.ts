/** A check of what a change affects, and of nothing else. */
import { isInApp } from '@bulwark/model';
import type { Affected, CheckRequest, Report } from '@bulwark/model';
import { checkSubject, withStore } from '../check.ts';
import type { CheckParts } from '../check.ts';
import { refuseUnknownApps } from '../choose-apps.ts';
import { discoverCounted } from '../discover-counted.ts';
import { readPolicy } from '../read-policy.ts';
import { readSettings } from '../read-settings.ts';
import { appsByTraces, changesEveryApp, changesPolicy } from './affected-apps.ts';

/** Somebody else's answer to which folders of projects a change affects; `null` where there is none. */
export type AskGraph = (paths: readonly string[]) => Promise<readonly string[] | null>;

/**
 * Judges the apps a change affects, the files below them, and the files it changes; all that is found counts, as in an
 * audit of everything.
 * @param request what to judge; its base, or what it was made from, is what it is compared with
 * @param askGraph may add apps; none that the engine's own reads name is taken away
 * @throws UserError as a check does.
 */
export async function checkAffected(
  parts: CheckParts,
  request: CheckRequest,
  askGraph: AskGraph,
): Promise<Report & { readonly affected: Affected }> {
  const subject = await parts.openSubject({ ...request, scope: 'changes' });
  try {
    return await withStore(parts, subject.commonDir, async (store) => {
      const { snapshot, changes, bases } = subject;
      const policy = await readPolicy(parts, subject);
      const { settings } = policy;
      const [base] = bases;
      const paths = (changes ?? []).map(({ path }) => path);
      const { apps } = await discoverCounted(snapshot, settings, store);
      if (request.apps) refuseUnknownApps(request.apps, apps);
      const all = new Set(apps.map(({ root }) => root));
      const isPolicy = base === undefined || paths.some((path) => changesPolicy(path, settings));
      let by: Affected['by'] = 'traces';
      let roots = all;
      if (base !== undefined && !isPolicy && !paths.some(changesEveryApp)) {
        const folders = paths.length === 0 ? null : await askGraph(paths);
        if (folders !== null) by = 'nx';
        const known = new Set((folders ?? []).filter((folder) => all.has(folder)));
        // The very same file, so the same settings; whatever they say of plugins was said of the snapshot.
        const settingsBefore = await readSettings(base, parts.rules, 'any');
        const { apps: appsBefore } = await discoverCounted(base, settingsBefore, store);
        roots = await appsByTraces({ base, snapshot, paths, settings, appsBefore, apps, store }, known);
      }
      const changed = new Set(paths);
      const affectedApps = apps.filter(({ root }) => roots.has(root));
      const report = await checkSubject(
        parts,
        policy,
        { ...request, scope: 'everything' },
        { ...subject, changes: null, bases: [] },
        store,
        {
          app: ({ root }) => roots.has(root),
          file: ({ path }) => isPolicy || changed.has(path) || affectedApps.some((app) => isInApp(app, path)),
        },
      );
      const affected: Affected = {
        by,
        base: base?.commit ?? null,
        changed: paths.length,
        apps: affectedApps.map(({ root }) => root),
        of: apps.length,
      };
      return { ...report, affected };
    });
  } finally {
    await subject.close();
  }
}
