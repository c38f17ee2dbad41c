import type { Call } from '../machine/builtin.ts';
import { toNumber, toText } from '../machine/convert.ts';
import { prim } from '../machine/values.ts';
import type { Items, Val } from '../machine/values.ts';
import { argument } from './define.ts';

/** Thrown out of the platform's sort when a comparison is not known. */
class Undecided extends Error {}

/**
 * The items sorted; `null` if a comparison is not known. The platform's own sort runs, so an inconsistent
 * comparison gives what it gives there.
 */
export function sortItems(call: Call, items: Items): Val[] | null {
  const { machine, site } = call;
  const compare = argument(call, 0);
  if (compare.kind === 'choice' || compare.kind === 'sym') return null;
  const isNothing = (item: Val): boolean => item.kind === 'prim' && item.value === undefined;
  if (items.list.some((item) => item.kind === 'choice')) return null;
  const holes = items.list.filter((item) => item.kind === 'hole');
  const nothings = items.list.filter(isNothing);
  const present = items.list.filter((item) => item.kind !== 'hole' && !isNothing(item));
  const isDefault = compare.kind === 'prim' && compare.value === undefined;
  if (!isDefault && (compare.kind !== 'ref' || !compare.obj.code))
    return machine.throwError(
      'TypeError',
      'The comparison function must be either a function or undefined',
      site,
    );
  try {
    const sorted = machine.restoring(() =>
      isDefault
        ? sortTexts(call, present)
        : present.toSorted((a, b) => {
            const before = machine.pc;
            const answer = toNumber(
              machine,
              machine.call(compare, prim(undefined, machine.realm.traceAt(site)), [a, b], site),
              site,
            );
            if (answer.kind !== 'prim' || machine.pc !== before) throw new Undecided();
            return Number(answer.value);
          }),
    );
    return [...sorted, ...nothings, ...holes];
  } catch (error) {
    if (error instanceof Undecided) return null;
    throw error;
  }
}

function sortTexts(call: Call, list: readonly Val[]): Val[] {
  const keyed = list.map((item) => {
    const text = toText(call.machine, item, call.site);
    if (text.kind !== 'prim') throw new Undecided();
    return { item, text: String(text.value) };
  });
  return keyed.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ item }) => item);
}
