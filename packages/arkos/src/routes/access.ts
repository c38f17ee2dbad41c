import { at, isArray, isObject, isUndefined, outcomesOf, placeOf, property } from '@bulwark/model';
import { hookMaySkip } from './auth-hooks.ts';
import { isDefined, isTruthy } from './chain-value.ts';
import { ruleOfPolicy } from './policy-rule.ts';
import type { Endpoint, ModuleKind } from './endpoints.ts';
import type {
  Absent,
  Access,
  AccessOutcome,
  AccessReason,
  Generation,
  Known,
  Unknown,
  Value,
} from '@bulwark/model';

/** What decides who may call a generated endpoint. */
export interface AccessInput {
  readonly generation: Generation;
  /** The effective configuration. */
  readonly config: Value;
  /** The module's `config` or `hook`; see `mountedEndpoints`. */
  readonly override: Value;
  /** Default export of the module's access file (`.auth`, `.auth-configs`), absent if there is none. */
  readonly control: Value;
}

type Answers = readonly AccessOutcome[];

/** Generations whose router file has no keys per endpoint, and whose `authenticationControl: false` still authenticates. */
const UP_TO_1_3: ReadonlySet<Generation> = new Set<Generation>(['1.0', '1.2', '1.3']);

/** Who may call a generated endpoint, one answer per condition (FACTS §5.3, §4.6). Never empty. */
export function accessOf(endpoint: Endpoint, kind: ModuleKind, input: AccessInput): Answers {
  const { config, generation } = input;
  return settle(
    each(at(config, 'authentication.enabled'), (enabled) =>
      enabled.kind === 'known' && enabled.value === false
        ? one(
            'public',
            'authentication-disabled',
            '`authentication.enabled: false` opens every route',
            enabled,
          )
        : each(at(config, 'authentication.mode'), (mode) =>
            isTruthy(mode) || generation === '2.0-next'
              ? guardedByHooks(underMode(endpoint, kind, mode, input), config, generation)
              : one('public', 'no-mode', 'without `authentication.mode` nothing is authenticated', mode),
          ),
    ),
  );
}

function underMode(endpoint: Endpoint, kind: ModuleKind, mode: Known | Absent, input: AccessInput): Answers {
  const byDefault = (): Answers => defaultAccess(endpoint, kind, mode, input);
  if (UP_TO_1_3.has(input.generation)) return byDefault();
  const written = property(property(input.override, endpoint.name), 'authentication');
  return each(
    written,
    (leaf) => routeAccess(leaf, input.generation, byDefault),
    policyAccess(input.generation),
  );
}

/** What `authentication` on a route means. `byDefault` is what holds where the key is not written. */
export function routeAccess(leaf: Known | Absent, generation: Generation, byDefault: () => Answers): Answers {
  if (leaf.kind === 'absent') return byDefault();
  if (isUndefined(leaf)) {
    return generation === '2.0-next'
      ? one('unknown', 'opaque', 'what 2.0-next makes of `authentication: undefined` is not known', leaf)
      : one('public', 'route-undefined', '`authentication: undefined` erases the default', leaf);
  }
  if (leaf.value === false) return one('public', 'route-false', '`authentication: false`', leaf);
  if (leaf.value === true) {
    return one('logged-in', 'route-true', '`authentication: true` checks no role', leaf);
  }
  if (typeof leaf.value === 'object' && leaf.value !== null && isObject(leaf.value)) {
    const rule = property(leaf, 'rule');
    return isDefined(rule)
      ? ruleAccess(rule, generation, 'route-rule')
      : one('authorised', 'route-rule', 'the route names a resource and an action', leaf);
  }
  return one('unknown', 'opaque', 'the value of `authentication` is none Arkos documents', leaf);
}

/** `authentication: policy.Create`, or something nobody can see through. */
export function policyAccess(generation: Generation): (unknown: Unknown) => Answers {
  return (unknown) => {
    const rule = ruleOfPolicy(unknown);
    if (rule === 'no policy') return one('unknown', 'opaque', unknown.why, unknown);
    if (rule === null) return one('authorised', 'route-rule', 'a policy guards the route', unknown);
    return ruleAccess(rule, generation, 'route-rule');
  };
}

function ruleAccess(rule: Value, generation: Generation, reason: AccessReason): Answers {
  return each(
    rule,
    (leaf) => {
      const roles = leaf.kind === 'known' && isObjectLeaf(leaf) ? property(leaf, 'roles') : leaf;
      return roles.kind === 'known' && roles.value === '*'
        ? anyRole(roles, generation)
        : one('authorised', reason, 'a rule says which roles may call it', leaf);
    },
    (unknown) => one('authorised', reason, 'a rule says which roles may call it', unknown),
  );
}

/** FACTS §5.2: on 1.7 a `"*"` rule denies ordinary users; what it does elsewhere nobody has tried. */
function anyRole(rule: Known, generation: Generation): Answers {
  if (generation === '1.7') {
    return one('super-user', 'any-role', 'in 1.7 a "*" rule denies everybody but super users', rule);
  }
  return [
    {
      ...outcome('logged-in', 'any-role', 'a "*" rule stands for every role', rule),
      when: '"*" works as documented',
    },
    {
      ...outcome('super-user', 'any-role', 'a "*" rule denies everybody but super users', rule),
      when: '"*" works as in Arkos 1.7',
    },
  ];
}

function defaultAccess(
  endpoint: Endpoint,
  kind: ModuleKind,
  mode: Known | Absent,
  input: AccessInput,
): Answers {
  const { generation } = input;
  if (kind === 'auth') return authAccess(endpoint, mode, generation);
  if (kind === 'file-upload') {
    return generation === '2.0-next'
      ? one('authorised', 'framework-default', 'file routes ask for a resource and an action', mode)
      : one('logged-in', 'framework-default', 'file routes have no authorisation, only a login', mode);
  }
  if (generation === '2.0-next') {
    return one('authorised', 'framework-default', 'model routes ask for a resource and an action', mode);
  }
  return each(property(input.control, 'authenticationControl'), (leaf) => {
    if (leaf.kind === 'known' && leaf.value === false && !UP_TO_1_3.has(generation)) {
      return one('public', 'control-false', '`authenticationControl: false`', leaf);
    }
    return each(property(leaf, endpoint.action!), (own) =>
      own.kind === 'known' && own.value === false
        ? one('public', 'control-false', `\`authenticationControl.${endpoint.action}: false\``, own)
        : authorisedByControl(endpoint, mode, input),
    );
  });
}

function authAccess(endpoint: Endpoint, mode: Known | Absent, generation: Generation): Answers {
  if (endpoint.name === 'login' || endpoint.name === 'signup') {
    return one('public', 'login-or-signup', 'who is not logged in must be able to call it', mode);
  }
  return generation === '2.0-next'
    ? one('public', 'framework-has-none', '2.0-next gives this route no default authentication', mode)
    : one('logged-in', 'framework-default', 'the route asks for a login', mode);
}

/** Static mode reads rules from the code, dynamic mode from the database (FACTS §5.2). */
function authorisedByControl(endpoint: Endpoint, mode: Known | Absent, input: AccessInput): Answers {
  if (mode.kind === 'known' && mode.value === 'dynamic') {
    return one('authorised', 'rule', 'dynamic mode asks the database', mode);
  }
  return each(property(input.control, 'accessControl'), (control) => {
    const rule = isListOfRoles(control) ? control : property(control, endpoint.action!);
    return each(
      rule,
      (leaf) =>
        isDefined(leaf)
          ? ruleAccess(leaf, input.generation, 'rule')
          : one('super-user', 'no-rule', 'static mode without a rule denies all but super users', mode),
      (unknown) => one('authorised', 'rule', unknown.why, unknown),
    );
  });
}

function isListOfRoles(control: Known | Absent): boolean {
  return (
    control.kind === 'known' &&
    (typeof control.value === 'string' ||
      (typeof control.value === 'object' && control.value !== null && isArray(control.value)))
  );
}

function isObjectLeaf(leaf: Known): boolean {
  return typeof leaf.value === 'object' && leaf.value !== null && isObject(leaf.value);
}

/** `authentication.hooks` (≥1.6) may call `skip()`; then nobody can say who gets through. */
function guardedByHooks(answers: Answers, config: Value, generation: Generation): Answers {
  const hooks = hookMaySkip(config, generation);
  if (!hooks) return answers;
  return answers.map((answer) =>
    answer.who === 'public'
      ? answer
      : {
          ...outcome('unknown', 'opaque', 'a function in `authentication.hooks` may skip the check', hooks),
          when: answer.when,
        },
  );
}

function each(
  value: Value,
  next: (leaf: Known | Absent) => Answers,
  otherwise: (unknown: Unknown) => Answers = (unknown) => one('unknown', 'opaque', unknown.why, unknown),
): Answers {
  return outcomesOf(value).flatMap(({ when, value: leaf }) =>
    (leaf.kind === 'unknown' ? otherwise(leaf) : next(leaf)).map((answer) => ({
      ...answer,
      when: [when, answer.when].filter((part) => part !== null).join(' and ') || null,
    })),
  );
}

function one(who: Access | 'unknown', reason: AccessReason, because: string, from: Value): Answers {
  return [outcome(who, reason, because, from)];
}

function outcome(who: Access | 'unknown', reason: AccessReason, because: string, from: Value): AccessOutcome {
  const place = placeOf(from);
  return { when: null, who, reason, because, ...(place && { place }) };
}

/** One answer without condition where all say the same for the same reason. */
function settle(answers: Answers): Answers {
  const [first] = answers;
  const isSame = answers.every(({ who, reason }) => who === first!.who && reason === first!.reason);
  return isSame ? [{ ...first!, when: null }] : answers;
}
