/** Findings → what would mend them. Nothing is written; what is planned was tried out on the snapshot first. */
import { applyEdits, compareFindings, decodeExactly, noStore, pathOfEdit } from '@bulwark/model';
import type { Edit, Finding, Fix, Rule, Snapshot } from '@bulwark/model';
import { scannerKeyOf, withStore } from './check.ts';
import type { CheckParts } from './check.ts';
import { appChooser, refuseUnknownApps } from './choose-apps.ts';
import { chooseRules } from './choose-rules.ts';
import { toFindings } from './fold.ts';
import { inspect } from './inspect.ts';
import type { InspectOptions, Inspection } from './inspect.ts';
import { isoDay } from './iso-day.ts';
import { overlay } from './overlay.ts';
import { readPolicy } from './read-policy.ts';
import type { Policy } from './read-policy.ts';
import type { Settings } from './settings.ts';
import { settleFixes } from './settle-fixes.ts';
import { waive } from './waive.ts';

export interface FixRequest {
  readonly cwd: string;
  /** Only findings of these apps, by root or name; all if left out. */
  readonly apps?: readonly string[];
  /** Only findings of these rules; all if left out. */
  readonly rules?: readonly string[];
}

/** A finding and what its rule offers to mend it. */
export interface Offer {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** A fix that is not made, and why: a sentence without a full stop. */
export interface LeftAlone extends Offer {
  readonly why: string;
}

/** One file to write. */
export interface PlannedFile {
  readonly path: string;
  /** The bytes that were judged; `null` where there is no such file yet. */
  readonly before: Uint8Array | null;
  readonly edits: readonly Edit[];
}

export interface FixPlan {
  /** In the order of a report. */
  readonly mended: readonly Offer[];
  readonly left: readonly LeftAlone[];
  readonly files: readonly PlannedFile[];
}

/**
 * What can be mended in the work tree. Every app is judged, whatever the request is narrowed to: a fix counts only
 * if its finding is gone afterwards and no other has come, in any app.
 * @throws UserError as a check does.
 */
export async function planFixes(parts: CheckParts, request: FixRequest): Promise<FixPlan> {
  const subject = await parts.openSubject({
    cwd: request.cwd,
    view: { kind: 'worktree' },
    scope: 'everything',
  });
  try {
    const { snapshot } = subject;
    const policy = await readPolicy(parts, subject);
    const { settings } = policy;
    const wanted = new Set(chooseRules(policy.rules, request.rules).map(({ id }) => id));
    const { before, options } = await withStore(parts, subject.commonDir, async (store) => {
      const own = optionsFor(parts, policy);
      return { options: own, before: await inspect(snapshot, { ...own, store }) };
    });
    const chosen = before.apps.filter(appChooser(request.apps, '.'));
    if (request.apps) refuseUnknownApps(request.apps, chosen);
    const roots = new Set(chosen.map(({ root }) => root));
    const isWanted = ({ rule, app }: Finding): boolean => wanted.has(rule) && app !== null && roots.has(app);
    const files = openTexts(snapshot);
    const offers = (await offersOf(before, settings, isoDay(parts.now()), files)).filter(({ finding }) =>
      isWanted(finding),
    );
    const { fitting, left } = await fit(offers, files);
    const tryOut = async (some: readonly Offer[]): Promise<Inspection> =>
      inspect(overlay(snapshot, await editedTexts(some, files)), options);
    const settled = await settleFixes(fitting, before, tryOut);
    return {
      mended: settled.kept,
      left: [...left, ...settled.left].toSorted((a, b) => compareFindings(a.finding, b.finding)),
      files: await plannedFiles(settled.kept, files),
    };
  } finally {
    await subject.close();
  }
}

/** Only rules that judge apps mend anything; files are not looked at one by one. */
function optionsFor(parts: CheckParts, { settings, rules }: Policy): InspectOptions {
  return {
    settings,
    rules: rules.filter(judgesApps),
    scanner: parts.createScanner(settings),
    scannerKey: scannerKeyOf(parts, settings),
    store: noStore,
    files: [],
    wantsApp: () => true,
  };
}

function judgesApps({ kind }: Rule): boolean {
  return kind !== 'file' && kind !== 'policy';
}

/** What the rules offer for findings that no waiver accepts, in the order of a report. */
async function offersOf(
  { judged }: Inspection,
  settings: Settings,
  today: string,
  files: Texts,
): Promise<Offer[]> {
  const offers = new Map<string, Offer>();
  for (const one of judged) {
    const { judgement } = one;
    if (judgement.verdict !== 'violation' || !judgement.fix) continue;
    const [finding] = await waive(toFindings([one], settings), settings, today, files.text);
    if (!finding || finding.waived) continue;
    offers.set(`${finding.fingerprint} ${finding.line}:${finding.column}`, { finding, fix: judgement.fix });
  }
  return [...offers.values()].toSorted((a, b) => compareFindings(a.finding, b.finding));
}

/** Parts those whose edits find what they expect and touch nothing that an earlier one changes. */
async function fit(
  offers: readonly Offer[],
  files: Texts,
): Promise<{ readonly fitting: Offer[]; readonly left: LeftAlone[] }> {
  const fitting: Offer[] = [];
  const left: LeftAlone[] = [];
  for (const offer of offers) {
    const why = await misfit(offer, fitting, files);
    if (why === null) fitting.push(offer);
    else left.push({ ...offer, why });
  }
  return { fitting, left };
}

async function misfit({ fix }: Offer, earlier: readonly Offer[], files: Texts): Promise<string | null> {
  for (const path of pathsOf([fix])) {
    const own = editsIn([fix], path);
    const text = await files.text(path);
    if (files.isThere(path) && text === null) return 'the file is no plain text file';
    if (applyEdits(text, own) === null) return 'it is not written the way the fix expects';
    const before = editsIn(
      earlier.map((one) => one.fix),
      path,
    );
    if (applyEdits(text, [...before, ...own]) === null)
      return 'it touches what another fix changes; run bulwark fix again for it';
  }
  return null;
}

interface Texts {
  isThere(path: string): boolean;
  bytes(path: string): Promise<Uint8Array | null>;
  /** `null` where it is not there, is a link, is not UTF-8 or cannot be read. */
  text(this: void, path: string): Promise<string | null>;
}

function openTexts(snapshot: Snapshot): Texts {
  const read = async (path: string): Promise<Uint8Array | null> => {
    const file = snapshot.file(path);
    if (!file || (file.mode !== '100644' && file.mode !== '100755')) return null;
    return snapshot.read(file).catch(() => null);
  };
  const known = new Map<string, Promise<Uint8Array | null>>();
  const bytes = (path: string): Promise<Uint8Array | null> => {
    const one = known.get(path) ?? read(path);
    known.set(path, one);
    return one;
  };
  return {
    isThere: (path) => snapshot.file(path) !== undefined,
    bytes,
    text: async (path) => {
      const found = await bytes(path);
      return found && decodeExactly(found);
    },
  };
}

function pathsOf(fixes: readonly Fix[]): string[] {
  return [...new Set(fixes.flatMap(({ edits }) => edits.map(pathOfEdit)))].toSorted();
}

function editsIn(fixes: readonly Fix[], path: string): Edit[] {
  return fixes.flatMap(({ edits }) => edits.filter((edit) => pathOfEdit(edit) === path));
}

async function editedTexts(offers: readonly Offer[], files: Texts): Promise<Map<string, string>> {
  const fixes = offers.map(({ fix }) => fix);
  const texts = new Map<string, string>();
  for (const path of pathsOf(fixes)) {
    const text = applyEdits(await files.text(path), editsIn(fixes, path));
    if (text === null) throw new Error(`edits that fit one by one do not fit together in ${path}`);
    texts.set(path, text);
  }
  return texts;
}

async function plannedFiles(offers: readonly Offer[], files: Texts): Promise<PlannedFile[]> {
  const fixes = offers.map(({ fix }) => fix);
  return Promise.all(
    pathsOf(fixes).map(async (path) => ({
      path,
      before: await files.bytes(path),
      edits: editsIn(fixes, path),
    })),
  );
}
