/** What one state of the settings asks less of than another. */
import { canonicalJson } from '@bulwark/model';
import type { FileRef, Rule } from '@bulwark/model';
import { matches, ruleInForce } from '../settings.ts';
import { sizeText } from '../size-text.ts';
import type { Level, Settings, Waiver } from '../settings.ts';
import type { JsonPath } from './locate.ts';
import { aboutOf, waiverKey } from './policy-finding.ts';
import type { PolicyFinding } from './policy-finding.ts';
import { secretsIgnored } from './secrets-ignored.ts';

export interface Weakened {
  readonly base: Settings;
  readonly now: Settings;
  readonly rules: readonly Rule[];
  /** Roots of the apps there are now. */
  readonly roots: readonly string[];
  /** Roots of the apps the base's settings would have found here. */
  readonly rootsBefore: readonly string[];
  readonly files: readonly FileRef[];
}

export function weakenings(change: Weakened): PolicyFinding[] {
  return [
    ...ruleWeakenings(change),
    ...waiverWeakenings(change),
    ...ignoreWeakenings(change),
    ...secretsIgnored(change),
    ...change.rootsBefore
      .filter((root) => !change.roots.includes(root))
      .map((root) => ({ key: `apps ${root}`, message: 'appLeftOut', props: { app: root }, at: [['apps']] })),
    ...otherWeakenings(change),
  ];
}

const ORDER: readonly Level[] = ['off', 'info', 'warn', 'error'];

interface Step {
  readonly rule: Rule;
  readonly message: 'turnedDown' | 'options';
  readonly from: string;
  readonly to: string;
  readonly roots: (string | null)[];
}

function ruleWeakenings({ base, now, rules, roots }: Weakened): PolicyFinding[] {
  const steps = rules.flatMap((rule) => stepsOf(rule, base, now, [null, ...roots]));
  const byPreset = base.preset === now.preset ? [] : steps.filter((step) => isByPreset(step, base, now));
  const single = steps.filter((step) => !byPreset.includes(step));
  const preset: PolicyFinding[] =
    byPreset.length === 0
      ? []
      : [
          {
            key: 'preset',
            message: 'preset',
            props: {
              from: base.preset,
              to: now.preset,
              rules: byPreset.map(({ rule }) => rule.id).join(', '),
            },
            at: [['preset']],
          },
        ];
  return [
    ...preset,
    ...single.map(({ rule, message, from, to, roots: where }) => ({
      key: `rules.${rule.id} ${message}`,
      message,
      props: {
        rule: rule.id,
        from,
        to,
        where: where.length > roots.length ? '' : ` for ${where.join(', ')}`,
      },
      at: placesOf(rule.id, now),
    })),
  ];
}

/** What becomes of one rule, app by app; the same step for many apps is one. */
function stepsOf(rule: Rule, base: Settings, now: Settings, roots: readonly (string | null)[]): Step[] {
  const steps = new Map<string, Step>();
  for (const root of roots) {
    const [before, after] = [ruleInForce(base, rule, root), ruleInForce(now, rule, root)];
    const isDown = ORDER.indexOf(after.level) < ORDER.indexOf(before.level);
    const [from, to] = isDown
      ? [before.level, after.level]
      : [canonicalJson(before.options), canonicalJson(after.options)];
    if (!isDown && (from === to || after.level === 'off' || before.level === 'off')) continue;
    const message = isDown ? 'turnedDown' : 'options';
    const key = `${message} ${from} ${to}`;
    const step = steps.get(key) ?? { rule, message, from, to, roots: [] };
    step.roots.push(root);
    steps.set(key, step);
  }
  return [...steps.values()];
}

/** Whether only another preset makes the difference: neither state names the rule. */
function isByPreset({ rule, message }: Step, ...states: readonly Settings[]): boolean {
  return message === 'turnedDown' && states.every((state) => placesOf(rule.id, state).length === 1);
}

function placesOf(id: string, { rules, overrides }: Settings): JsonPath[] {
  const paths: JsonPath[] = rules[id] === undefined ? [] : [['rules', id]];
  for (const [index, override] of overrides.entries())
    if (override.rules[id] !== undefined) paths.unshift(['overrides', index, 'rules', id]);
  return [...paths, ['rules']];
}

function waiverWeakenings({ base, now }: Weakened): PolicyFinding[] {
  const before = new Map(base.waivers.map((waiver) => [waiverKey(waiver), waiver]));
  return now.waivers.flatMap((waiver, index): PolicyFinding[] => {
    const known = before.get(waiverKey(waiver));
    const about = { rule: waiver.rule, about: aboutOf(waiver) };
    const at = [['waivers', index]];
    const key = waiverKey(waiver);
    if (!known) return [{ key, message: 'waiverAdded', props: { ...about, reason: waiver.reason }, at }];
    if (!lastsLonger(waiver, known)) return [];
    const props = { ...about, from: known.expires ?? 'ever', to: waiver.expires ?? 'ever' };
    return [{ key, message: 'waiverExtended', props, at }];
  });
}

function lastsLonger({ expires }: Waiver, known: Waiver): boolean {
  return known.expires !== undefined && (expires === undefined || expires > known.expires);
}

/** A glob counts if it takes files away that were looked at, or waits for files that are not there yet. */
function ignoreWeakenings({ base, now, files }: Weakened): PolicyFinding[] {
  return now.ignore.flatMap((glob, index): PolicyFinding[] => {
    if (base.ignore.includes(glob)) return [];
    const taken = files.filter(({ path }) => matches(path, [glob]));
    const more = taken.filter(({ path }) => !matches(path, base.ignore));
    if (taken.length > 0 && more.length === 0) return [];
    const props = { glob: JSON.stringify(glob), files: more.length };
    return [{ key: `ignore ${glob}`, message: 'ignored', props, at: [['ignore', index]] }];
  });
}

function otherWeakenings({ base, now }: Weakened): PolicyFinding[] {
  const found: PolicyFinding[] = [];
  if (ORDER.indexOf(now.undecided) < ORDER.indexOf(base.undecided)) {
    const props = { from: base.undecided, to: now.undecided };
    found.push({ key: 'undecided', message: 'undecided', props, at: [['undecided'], ['preset']] });
  }
  if (base.hooks.block === 'all' && now.hooks.block === 'new')
    found.push({ key: 'hooks.block', message: 'blockNew', props: {}, at: [['hooks', 'block'], ['hooks']] });
  for (const rule of base.hooks.always) {
    if (now.hooks.always.includes(rule)) continue;
    const at = [['hooks', 'always'], ['hooks']];
    found.push({ key: `hooks.always ${rule}`, message: 'alwaysRemoved', props: { rule }, at });
  }
  for (const pattern of base.envFiles) {
    if (now.envFiles.includes(pattern)) continue;
    const props = { pattern: JSON.stringify(pattern) };
    found.push({ key: `envFiles ${pattern}`, message: 'envFilesRemoved', props, at: [['envFiles']] });
  }
  if (now.maxFileSize > base.maxFileSize) {
    const props = { from: sizeText(base.maxFileSize), to: sizeText(now.maxFileSize) };
    found.push({ key: 'maxFileSize', message: 'maxFileSize', props, at: [['maxFileSize']] });
  }
  return found;
}
