import { isObject, property } from '@bulwark/model';
import { distance } from '../distance.ts';
import { ENDPOINTS, UNHOOKABLE } from './endpoints.ts';
import type { ModuleKind } from './endpoints.ts';
import type { DeadRouteKey, Generation, Place, Value } from '@bulwark/model';

/** Keys of a module's route configuration beside its endpoints (FACTS §4.4). */
const OTHER_KEYS = ['disable', 'parent', 'experimental'];

/** Keys the installed version never reads: misspelt endpoints, endpoint objects before 1.4 (FACTS §7). */
export function deadRouteKeys(
  module: string,
  kind: ModuleKind,
  override: Value,
  generation: Generation,
): readonly DeadRouteKey[] {
  const endpoints = ENDPOINTS[kind].map(({ name }) => name);
  const isOld = generation === '1.0' || generation === '1.2' || generation === '1.3';
  const readable = isOld
    ? ['disable', 'parent']
    : generation === '2.0-next'
      ? endpoints.filter((name) => kind !== 'auth' || !UNHOOKABLE.has(name))
      : [...endpoints, ...OTHER_KEYS];
  return [
    ...keysOf(override).flatMap(({ key, place }) =>
      readable.includes(key)
        ? []
        : [dead(module, key, place, isOld && endpoints.includes(key) ? ['disable'] : readable, generation)],
    ),
    ...keysOf(property(override, 'disable')).flatMap(({ key, place }) =>
      endpoints.includes(key)
        ? []
        : [
            dead(
              module,
              `disable.${key}`,
              place,
              endpoints.map((name) => `disable.${name}`),
              generation,
            ),
          ],
    ),
  ];
}

function dead(
  module: string,
  key: string,
  place: Place,
  readable: readonly string[],
  generation: Generation,
): DeadRouteKey {
  const [nearest] = readable
    .map((name) => ({ name, edits: distance(key, name) }))
    .filter(({ edits, name }) => edits <= 3 || name === 'disable')
    .toSorted((a, b) => a.edits - b.edits);
  return {
    module,
    key,
    nearest: nearest?.name ?? null,
    because: `Arkos ${generation} reads no such key`,
    place,
  };
}

function keysOf(value: Value): readonly { readonly key: string; readonly place: Place }[] {
  if (value.kind === 'unknown') return value.outcomes?.flatMap((outcome) => keysOf(outcome.value)) ?? [];
  if (
    value.kind === 'absent' ||
    typeof value.value !== 'object' ||
    value.value === null ||
    !isObject(value.value)
  )
    return [];
  return Object.entries(value.value.entries).flatMap(([key, entry]) => {
    const place = entry.place ?? (entry.value.from.kind === 'place' ? entry.value.from.place : undefined);
    return place ? [{ key, place }] : [];
  });
}
