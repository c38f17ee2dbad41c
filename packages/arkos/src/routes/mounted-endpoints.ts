import { known, property } from '@bulwark/model';
import { ENDPOINTS, FORGOTTEN, UNHOOKABLE } from './endpoints.ts';
import { bareUnknown, chain, isDefined, isTruthy } from './chain-value.ts';
import type { Endpoint, ModuleKind } from './endpoints.ts';
import type { Absent, Generation, Known, Origin, Unknown, Value } from '@bulwark/model';

/** Generations whose router file knows `disable` only, without a key per endpoint (FACTS §4.4). */
const DISABLE_ONLY: ReadonlySet<Generation> = new Set<Generation>(['1.0', '1.2', '1.3']);
/** Generations that read `routers.strict` (FACTS §3.11). */
const READS_STRICT: ReadonlySet<Generation> = new Set<Generation>(['1.3', '1.4', '1.5', '1.6', '1.7']);

/**
 * Which generated endpoints of a module answer: name → known boolean, or unknown with its outcomes.
 * FACTS §4.3, §4.4, §4.6.
 *
 * @param strict the effective `routers.strict`
 * @param override what the module's router file exports as `config` or `hook`; for 2.0-next an object with
 *   one key per configured endpoint; absent if there is no such file
 */
export function mountedEndpoints(
  strict: Value,
  override: Value,
  generation: Generation,
  kind: ModuleKind,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    ENDPOINTS[kind].map((endpoint) => [
      endpoint.name,
      isMounted(endpoint, strict, override, generation, kind),
    ]),
  );
}

function isMounted(
  endpoint: Endpoint,
  strict: Value,
  override: Value,
  generation: Generation,
  kind: ModuleKind,
): Value {
  if (generation === '2.0-next') return mountedByHook(endpoint, override, kind);
  const byStrict = READS_STRICT.has(generation)
    ? mountedByStrict(endpoint, strict, kind)
    : known(true, { kind: 'default', of: `Arkos ${generation}` });
  const disable = property(override, 'disable');
  const onItsOwn = DISABLE_ONLY.has(generation)
    ? byStrict
    : unlessDefined(property(property(override, endpoint.name), 'disabled'), byStrict);
  return chain(disable, (leaf) => {
    if (leaf.kind === 'known' && typeof leaf.value === 'boolean') {
      return endpoint.name === FORGOTTEN
        ? mountedForgotten(leaf, byStrict, onItsOwn, generation)
        : known(!leaf.value, leaf.from);
    }
    const listed = unlessDefined(property(leaf, endpoint.name), byStrict);
    return DISABLE_ONLY.has(generation)
      ? listed
      : unlessDefined(property(property(override, endpoint.name), 'disabled'), listed);
  });
}

/**
 * A boolean `disable` is spread over a list of endpoints that lacks this one: `disable: true` leaves it
 * mounted (FACTS §4.4). What its own `disabled` then does is not on record.
 */
function mountedForgotten(disable: Known, byStrict: Value, onItsOwn: Value, generation: Generation): Value {
  if (generation === '1.0' || generation === '1.2') {
    return disable.value === false ? byStrict : unrecorded(disable.from, generation);
  }
  return chain(onItsOwn, (leaf) =>
    isTruthy(leaf) ? known(true, disable.from) : unrecorded(disable.from, generation),
  );
}

function unrecorded(from: Origin, generation: Generation): Unknown {
  return {
    kind: 'unknown',
    why: `what Arkos ${generation} does with ${FORGOTTEN} beside a boolean \`disable\` is not known`,
    from,
  };
}

/** A switch that, if it is there at all, says by its truth that the endpoint is off. */
function unlessDefined(off: Value, otherwise: Value): Value {
  return chain(off, (leaf) => (isDefined(leaf) ? known(!isTruthy(leaf), leaf.from) : otherwise));
}

function mountedByStrict(endpoint: Endpoint, strict: Value, kind: ModuleKind): Value {
  const under = (leaf: Known | Absent): Value => known(isOnUnder(endpoint, leaf, kind), leaf.from);
  return chain(strict, under, (unknown) => {
    const outcomes = [true, 'no-bulk', false].map((mode) => ({
      when: mode === false ? 'routers.strict is anything else' : `routers.strict is ${JSON.stringify(mode)}`,
      value: under(known(mode, unknown.from)),
    }));
    const isOnAnyway = outcomes.every(({ value }) => value.kind === 'known' && value.value === true);
    return isOnAnyway ? known(true, unknown.from) : { ...bareUnknown(unknown), outcomes };
  });
}

/** The table of FACTS §4.3. Any truthy value but these two behaves as `false`. */
function isOnUnder(endpoint: Endpoint, strict: Known | Absent, kind: ModuleKind): boolean {
  const mode = strict.kind === 'known' ? strict.value : undefined;
  if (mode === true) return endpoint.name === FORGOTTEN;
  return !(mode === 'no-bulk' && kind === 'model' && endpoint.bulk);
}

/** 2.0-next never reads strict; only `disabled` in a route hook counts (FACTS §4.6). */
function mountedByHook(endpoint: Endpoint, override: Value, kind: ModuleKind): Value {
  const on = known(true, { kind: 'default', of: 'Arkos 2.0-next' });
  if (kind === 'auth' && UNHOOKABLE.has(endpoint.name)) return on;
  return unlessDefined(property(property(override, endpoint.name), 'disabled'), on);
}
