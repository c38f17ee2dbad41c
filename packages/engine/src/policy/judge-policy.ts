/** The rules about the policy itself: judged on settings, waivers and comments, after everything else. */
import { UserError, undecided, violation } from '@bulwark/model';
import type { App, Finding, Judgement, PolicyRule, Rule, Snapshot, Subject } from '@bulwark/model';
import { discoverOptions } from '../discover-options.ts';
import type { Judged } from '../judge.ts';
import type { Policy } from '../read-policy.ts';
import { readSettings } from '../read-settings.ts';
import { SETTINGS_FILE, ruleInForce } from '../settings.ts';
import type { Level, Settings } from '../settings.ts';
import { locate } from './locate.ts';
import type { PolicyFinding } from './policy-finding.ts';
import { pendingPlugins, pluginWeakenings } from './plugins.ts';
import { isSamePolicy } from './same-settings.ts';
import { endingWaivers, unusedWaivers } from './waivers.ts';
import { weakenings } from './weakenings.ts';

export interface PolicyInput {
  /** Every rule there is, which may be weakened, and the settings. */
  readonly inForce: Policy;
  /** Those this check was asked for. */
  readonly rules: readonly Rule[];
  readonly subject: Pick<Subject, 'snapshot' | 'bases' | 'changes'>;
  readonly apps: readonly App[];
  /** Everything found so far, before waivers. */
  readonly findings: readonly Finding[];
  /** Whether every file, app and rule was looked at, and nothing was left unchecked. */
  readonly isWhole: boolean;
  /** `YYYY-MM-DD`, in UTC. */
  readonly today: string;
}

export async function judgePolicy(input: PolicyInput): Promise<Judged[]> {
  const text = await readText(input.subject.snapshot);
  const judged: Judged[] = [];
  for (const rule of input.rules) {
    if (rule.kind !== 'policy') continue;
    const judge = JUDGES[rule.id];
    if (!judge) continue;
    const { level, found } = await judge(rule, input);
    if (level === 'off') continue;
    for (const one of found)
      judged.push({
        rule,
        inForce: { level, options: {} },
        app: null,
        modes: [],
        judgement: await toJudgement(one, text),
        file: ('place' in one ? one.place?.path : undefined) ?? SETTINGS_FILE,
      });
  }
  return judged;
}

type Said = PolicyFinding | { readonly key: string; readonly because: string };

interface PolicyAnswer {
  readonly level: Level;
  readonly found: readonly Said[];
}

const JUDGES: Readonly<
  Record<string, (rule: PolicyRule, input: PolicyInput) => PolicyAnswer | Promise<PolicyAnswer>>
> = {
  'policy-weakened': judgeWeakened,
  'plugin-pending': (rule, { inForce, subject }) => ({
    level: levelOf(rule, inForce.settings),
    found: pendingPlugins(inForce.plugins, subject.changes !== null),
  }),
  'waiver-expired': (rule, { inForce: { settings }, today }) => ({
    level: levelOf(rule, settings),
    found: endingWaivers(settings, today),
  }),
  'waiver-unused': (rule, { inForce: { settings, rules }, findings, isWhole }) => ({
    level: levelOf(rule, settings),
    found: isWhole ? unusedWaivers(settings, findings, rules) : [],
  }),
};

function levelOf(rule: Rule, settings: Settings): Level {
  return ruleInForce(settings, rule, null).level;
}

async function toJudgement(said: Said, text: string | null): Promise<Judgement> {
  if ('because' in said) return undecided(said.because, { key: said.key, place: await locate(text, []) });
  const { key, message, props, at, place } = said;
  return violation(message, props, { key, place: place ?? (await locate(text, at)) });
}

async function readText(snapshot: Snapshot): Promise<string | null> {
  const file = snapshot.file(SETTINGS_FILE);
  return file ? new TextDecoder().decode(await snapshot.read(file)) : null;
}

const ORDER: readonly Level[] = ['off', 'info', 'warn', 'error'];

/**
 * What the change asks less of than every base: what one parent of a merge allowed already, the merge does
 * not bring. The rule weighs what the base says it does, so that no change can switch it off for itself.
 */
async function judgeWeakened(rule: PolicyRule, input: PolicyInput): Promise<PolicyAnswer> {
  const { subject, inForce } = input;
  const { settings, rules } = inForce;
  let level = levelOf(rule, settings);
  if (subject.changes === null || subject.bases.length === 0) return { level, found: [] };
  const perBase: Said[][] = [];
  for (const base of subject.bases) {
    const ofPlugins = await pluginWeakenings(base, subject.snapshot);
    if (isSamePolicy(base, subject.snapshot)) {
      if (ofPlugins.length === 0) return { level, found: [] };
      perBase.push(ofPlugins);
      continue;
    }
    const before = await settingsOf(base, rules);
    if (before === null) {
      perBase.push([
        {
          key: 'bulwark.json',
          because: 'the settings of the base cannot be read, so nobody can say what it asked for',
        },
      ]);
      continue;
    }
    const levelBefore = levelOf(rule, before);
    if (ORDER.indexOf(levelBefore) > ORDER.indexOf(level)) level = levelBefore;
    perBase.push([...ofPlugins, ...(await weakeningsFrom(before, input))]);
  }
  const [first, ...others] = perBase;
  const inAll = (one: Said): boolean => others.every((list) => list.some((other) => isSame(one, other)));
  return { level, found: first!.filter(inAll) };
}

async function weakeningsFrom(
  base: Settings,
  { inForce: { settings, rules }, subject, apps }: PolicyInput,
): Promise<PolicyFinding[]> {
  const isNarrowed = settings.apps !== null && JSON.stringify(settings.apps) !== JSON.stringify(base.apps);
  const before = isNarrowed
    ? await (await import('../arkos-apps.ts')).discoverApps(subject.snapshot, discoverOptions(base))
    : null;
  const roots = apps.map(({ root }) => root);
  return weakenings({
    base,
    now: settings,
    rules,
    roots,
    rootsBefore: before?.apps.map(({ root }) => root) ?? roots,
    files: subject.snapshot.files,
  });
}

function isSame(a: Said, b: Said): boolean {
  return a.key === b.key && ('message' in a ? a.message : '') === ('message' in b ? b.message : '');
}

/**
 * `null` where the base's settings are broken: mending them must stay possible. They may speak of rules that are gone
 * with their plugin.
 */
async function settingsOf(base: Snapshot, rules: readonly Rule[]): Promise<Settings | null> {
  try {
    return await readSettings(base, rules, 'any');
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
