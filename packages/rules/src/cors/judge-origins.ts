/** Whether what may read answers is a list of specific origins. */
import { isArray, pass, undecided, violation } from '@bulwark/model';
import type { Absent, FunctionData, Judgement, Known, Props, Subjected, Value } from '@bulwark/model';
import { isTruthy } from '../is-truthy.ts';
import { valueText } from '../value-text.ts';
import { patternFault } from './origin-pattern.ts';

/** What the messages need beside the value. */
export interface About {
  readonly subject: Subjected;
  readonly props: Props;
}

/** Scaffolds and examples leave such text where an origin should stand. */
const PLACEHOLDER =
  /\byour[-_ .]|\byour(?:app|site|web(?:site)?|domain|host|url|frontend|client|company|project|production)|change[-_ ]?me|replace[-_ ]?(?:me|with|this)|placeholder|\btodo\b|production[-_]url|<[^>]*>|\$\{/i;

/** A function that answers yes whoever asks: `(origin, callback) => callback(null, true)` and its like. */
const ALWAYS_YES =
  /^(?:async\s+)?(?:function\b[^(]*)?\(?\s*(\w+)[^,()]*,\s*(\w+)[^()]*\)?\s*(?:=>)?\s*\{?\s*(?:return\s+)?\2\s*\(\s*null\s*,\s*(?:true|\1|['"]\*['"]|\{\s*origin\s*:\s*(?:true|['"]\*['"])[^}]*\})\s*\)\s*;?\s*\}?\s*$/;

/**
 * Judges an `origin` of the `cors` package that is in force: a string or RegExp, a list of them, or a function
 * (https://github.com/expressjs/cors#configuration-options). Anything else that is truthy lets everybody in.
 */
export function judgeOrigins(outcome: Known | Absent, about: About): Judgement {
  if (!isTruthy(outcome)) return pass('no other origin may read answers', about.subject.place);
  const { value } = outcome as Known;
  if (typeof value === 'object' && value !== null && isArray(value))
    return judgeList(value.items, value.rest, about);
  if (value === '*') return violation('any', { ...about.props, value: toldFrom(outcome) }, about.subject);
  return judgeOne(outcome, about) ?? pass(`only ${valueText(outcome)} may read answers`, about.subject.place);
}

function judgeList(items: readonly Value[], rest: Value | undefined, about: About): Judgement {
  const said = items.map((item) =>
    item.kind === 'unknown' ? openItem(item, about) : judgeItem(item, about),
  );
  const worst = said.find((one) => one?.verdict === 'violation') ?? said.find((one) => one !== null);
  if (worst) return worst;
  if (rest) return openItem(rest, about);
  if (items.length === 0) return pass('no other origin may read answers', about.subject.place);
  const count = items.length === 1 ? `${valueText(items[0]!)}` : `${items.length} listed origins`;
  return pass(`only ${count} may read answers`, about.subject.place);
}

function openItem(item: Value, { subject }: About): Judgement {
  const why = item.kind === 'unknown' ? item.why : 'cannot be known';
  return undecided(`one of the listed origins ${why}`, subject);
}

function judgeItem(item: Known | Absent, about: About): Judgement | null {
  if (item.kind === 'known' && item.value === '*')
    return violation('star-in-list', about.props, about.subject);
  if (!isTruthy(item)) return null;
  const { value } = item as Known;
  if (typeof value === 'object' && value !== null && isArray(value)) {
    const inner = judgeList(value.items, value.rest, about);
    return inner.verdict === 'pass' ? null : inner;
  }
  if (typeof value === 'object' && value?.type === 'function') return openToAll(item, about);
  return judgeOne(item, about);
}

/** `null` if it is one origin. */
function judgeOne(item: Known | Absent, about: About): Judgement | null {
  const { value } = item as Known;
  if (typeof value === 'string') return judgeText(value, about);
  if (typeof value === 'object' && value?.type === 'regexp') return judgePattern(value.source, item, about);
  if (typeof value === 'object' && value?.type === 'function') return judgeFunction(value, about);
  return openToAll(item, about);
}

function openToAll(item: Known | Absent, { subject, props }: About): Judgement {
  return violation('reflected', { ...props, value: toldFrom(item) }, subject);
}

/** The value and where it comes from. The version is told elsewhere in the message. */
function toldFrom(item: Known | Absent): string {
  const variable = item.from.kind === 'env' ? ` (from the environment variable ${item.from.variable})` : '';
  return `${valueText(item)}${variable}`;
}

function judgeText(text: string, { subject, props }: About): Judgement | null {
  const value = JSON.stringify(text);
  if (text === 'null') return violation('null-origin', { ...props, value }, subject);
  if (PLACEHOLDER.test(text)) return violation('placeholder', { ...props, value }, subject);
  if (text.includes('*')) return violation('star-in-text', { ...props, value }, subject);
  return null;
}

function judgePattern(source: string, item: Known | Absent, { subject, props }: About): Judgement | null {
  const fault = patternFault(source);
  const value = valueText(item);
  if (fault === null) return null;
  if (fault === 'unknown') return undecided(`what ${value} matches cannot be read off`, subject);
  return violation(fault, { ...props, value }, subject);
}

function judgeFunction({ source }: FunctionData, { subject, props }: About): Judgement {
  if (ALWAYS_YES.test(source))
    return violation('reflected', { ...props, value: 'a function that always says yes' }, subject);
  return undecided("is decided by a function of the app's own", subject);
}
