/**
 * A rule is `select` and `check`: `select` picks from the facts the JSON it needs, `check` judges that JSON
 * and nothing else. What `select` returns is the cache key, all a test must supply, and how the same answer
 * in two modes is recognised as one finding.
 */
import type { FileFacts, ModeFacts } from './facts.ts';
import type { Severity, Verdict } from './finding.ts';
import type { Fix } from './fix.ts';
import type { Json } from './json.ts';
import type { Place } from './place.ts';

export type Props = Readonly<Record<string, string | number | boolean | null>>;

/** Turns a message's facts into its text. A message names the effective value and what to write instead. */
export type Messages = Readonly<Record<string, (props: Props) => string>>;

/** JSON Schema (draft 2020-12) of a rule's options, with a `default` for each property. */
export interface OptionsSchema {
  readonly type: 'object';
  readonly additionalProperties: false;
  readonly properties: Readonly<
    Record<string, { readonly default: Json; readonly description: string } & Record<string, Json>>
  >;
}
export type Options = Readonly<Record<string, Json>>;

interface RuleBase {
  /** kebab-case; the same in file name, report, settings, page and comments. */
  readonly id: string;
  /** What holds when the rule passes, as a sentence without a full stop. */
  readonly title: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  readonly severity: Severity;
  readonly options?: OptionsSchema;
  readonly messages: Messages;
  /** Set where a plugin brings the rule; the product's own have none. */
  readonly plugin?: RulePlugin;
}

/** The plugin a team's own rule comes from. */
export interface RulePlugin {
  /** As the settings name it: `./tools/policies`. */
  readonly name: string;
  /** The file that has the rule. */
  readonly path: string;
  /** Names all the code a rule's answer rests on; `null` where that has no name, so that no answer is remembered. */
  readonly digest: string | null;
  /** What is judged alters the plugin. A fault of the committed code must not keep its cure out, so it is no problem. */
  readonly isChanging: boolean;
}

/** Judges each mode that faces users (`arkos start`) by itself. */
export interface LiveModeRule<Input = unknown> extends RuleBase {
  readonly kind: 'live-mode';
  select(facts: ModeFacts, options: Options): Input;
  check(input: Input, options: Options): Judgements;
}

/** Judges every mode by itself. */
export interface ModeRule<Input = unknown> extends RuleBase {
  readonly kind: 'mode';
  select(facts: ModeFacts, options: Options): Input;
  check(input: Input, options: Options): Judgements;
}

/** Judges all modes of an app together. */
export interface AppRule<Input = unknown> extends RuleBase {
  readonly kind: 'app';
  select(facts: readonly ModeFacts[], options: Options): Input;
  check(input: Input, options: Options): Judgements;
}

/** Judges one file's content and name. */
export interface FileRule<Input = unknown> extends RuleBase {
  readonly kind: 'file';
  select(facts: FileFacts, options: Options): Input;
  check(input: Input, options: Options): Judgements;
}

/**
 * About the policy itself: the settings, and what a change does to them. It has no facts to select from; the
 * engine, which alone sees those, judges it by its id.
 */
export interface PolicyRule extends RuleBase {
  readonly kind: 'policy';
}

/** A rule that judges an app, by its facts. */
export type FactRule = LiveModeRule | ModeRule | AppRule;

export type Rule = FactRule | FileRule | PolicyRule;

export type Judgements = Judgement | readonly Judgement[];

/** What a rule says of one thing it looked at. */
export type Judgement = Passed | NotApplicable | Violated | Undecided;

export interface Passed {
  readonly verdict: 'pass';
  /** What was seen, in words: `routers.strict is "no-bulk"`. */
  readonly because: string;
  readonly place?: Place | undefined;
}
export interface NotApplicable {
  readonly verdict: 'not-applicable';
  readonly because: string;
}
/** What a violation or an undecided judgement is about. */
export interface Subjected {
  /** The configuration key, or another stable name of what is judged; part of the fingerprint. */
  readonly key: string;
  readonly place?: Place | undefined;
  /** The finding's fingerprint where place and key do not make it (a secret, an env file). */
  readonly fingerprint?: string;
}
export interface Violated extends Subjected {
  readonly verdict: 'violation';
  readonly message: string;
  readonly props: Props;
  /** How to mend it, where that is safe: it can change nothing but what the rule asks for. */
  readonly fix?: Fix;
}
export interface Undecided extends Subjected {
  readonly verdict: 'undecided';
  /** Why it cannot be known, in words. */
  readonly because: string;
  /** The violations it would be, and under which condition. */
  readonly cases: readonly { readonly when: string; readonly message: string; readonly props: Props }[];
}

/** Gives a rule its types. Returns it unchanged. */
export function defineRule<Input>(rule: LiveModeRule<Input>): LiveModeRule<Input>;
export function defineRule<Input>(rule: ModeRule<Input>): ModeRule<Input>;
export function defineRule<Input>(rule: AppRule<Input>): AppRule<Input>;
export function defineRule<Input>(rule: FileRule<Input>): FileRule<Input>;
export function defineRule(rule: PolicyRule): PolicyRule;
export function defineRule(rule: unknown): unknown {
  return rule;
}

export function pass(because: string, place?: Place): Passed {
  return place ? { verdict: 'pass', because, place } : { verdict: 'pass', because };
}

export function notApplicable(because: string): NotApplicable {
  return { verdict: 'not-applicable', because };
}

/** A violation: one of the rule's message ids, what the message needs, what it is about, and how to mend it. */
export function violation(message: string, props: Props, about: Subjected, fix?: Fix): Violated {
  return { verdict: 'violation', message, props, ...about, ...(fix && { fix }) };
}

export function undecided(because: string, about: Subjected, cases: Undecided['cases'] = []): Undecided {
  return { verdict: 'undecided', because, cases, ...about };
}

const RANK: Readonly<Record<Verdict, number>> = { 'not-applicable': 0, pass: 1, undecided: 2, violation: 3 };

/** The worst of many verdicts: violation, then undecided, then pass, then not applicable. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  let worst: Verdict = 'not-applicable';
  for (const verdict of verdicts) if (RANK[verdict] > RANK[worst]) worst = verdict;
  return worst;
}
