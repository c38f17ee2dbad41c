/** A team's rule, held to what the engine takes for granted of the product's own. */
import { messageOf } from '@bulwark/model';
import type {
  FileFacts,
  FileRule,
  Judgement,
  Judgements,
  Messages,
  Options,
  Props,
  Rule,
  RulePlugin,
  Violated,
} from '@bulwark/model';

/** The same rule; a mistake in what it answers is thrown at once, and it can alter nothing that it is shown. */
export function guardRule(given: Rule, plugin: RulePlugin): Rule {
  // What every kind that is no policy has, by the shapes of one.
  const rule = given as FileRule;
  const messages = guardMessages(rule.messages);
  return {
    ...rule,
    plugin,
    messages,
    select: (facts: FileFacts, options: Options) => rule.select(frozen(facts), frozen(options)),
    check(input, options): Judgements {
      const said: unknown = rule.check(frozen(input), frozen(options));
      return [said].flat().map((one) => {
        refuseMistake(one, messages);
        // A fix is written into people's files, and only the product's own rules are held to what makes it safe.
        const { fix: _fix, ...rest } = one as Violated;
        return rest as Judgement;
      });
    },
  };
}

/** A message is asked for more than once, and the last time is too late to throw. */
function guardMessages(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([id, say]) => [
      id,
      (props: Props): string => {
        try {
          return String(say(props));
        } catch (error) {
          return `${BROKEN} ${JSON.stringify(id)} failed: ${messageOf(error)}`;
        }
      },
    ]),
  );
}

const BROKEN = 'the message';

/** @throws Error for an answer that could not be told. */
function refuseMistake(said: unknown, messages: Messages): void {
  if (said instanceof Promise) throw new Error('check is asynchronous; select and check must answer at once');
  const one = said as Partial<Record<string, unknown>> | null | undefined;
  switch (one?.['verdict']) {
    case 'pass':
    case 'not-applicable':
      return refuseUnless(typeof one['because'] === 'string', 'says no "because"');
    case 'violation':
      refuseSubject(one);
      return refuseMessage(one as unknown as Told, messages);
    case 'undecided':
      refuseSubject(one);
      refuseUnless(typeof one['because'] === 'string', 'says no "because"');
      refuseUnless(Array.isArray(one['cases']), 'has no list of cases');
      for (const each of one['cases'] as Told[]) refuseMessage(each, messages);
      return;
    default:
      throw new Error(
        'check answered with no judgement; answer with pass, violation, undecided or notApplicable',
      );
  }
}

type Told = Pick<Extract<Judgement, { verdict: 'violation' }>, 'message' | 'props'>;

function refuseSubject({ key, place, fingerprint }: Partial<Record<string, unknown>>): void {
  refuseUnless(typeof key === 'string' && key !== '', 'has no key');
  refuseUnless(
    fingerprint === undefined || (typeof fingerprint === 'string' && /^[0-9a-f]{64}$/.test(fingerprint)),
    'has a fingerprint that is not 64 hex digits',
  );
  if (place === undefined) return;
  const at = place as Partial<Record<string, unknown>> | null;
  const isPlace =
    typeof at?.['path'] === 'string' &&
    ['line', 'column', 'endLine', 'endColumn'].every(
      (name) => Number.isInteger(at[name]) && Number(at[name]) > 0,
    );
  refuseUnless(
    isPlace,
    'has a place without path, line, column, endLine and endColumn; pass on one from the facts',
  );
}

function refuseMessage({ message, props }: Told, messages: Messages): void {
  const say = Object.hasOwn(messages, message) ? messages[message] : undefined;
  if (!say)
    throw new Error(`a judgement has the message ${JSON.stringify(message)}, which the rule does not have`);
  const text = say(props);
  if (text.startsWith(BROKEN)) throw new Error(text);
}

function refuseUnless(isFine: boolean, what: string): void {
  if (!isFine) throw new Error(`a judgement ${what}`);
}

const known = new WeakSet<object>();

/** Frozen through and through: facts are shared with the other rules, and some are remembered. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || known.has(value)) return value;
  known.add(value);
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
}
