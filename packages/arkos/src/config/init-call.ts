import type { ForeignCall } from '@bulwark/evaluator';
import { known } from '@bulwark/model';
import type { Place, Value } from '@bulwark/model';

export interface InitCall {
  /** What it is given; an empty object if nothing. */
  readonly options: Value;
  readonly place: Place;
}

/** The first call of `init` on what is imported from "arkos": default, named, namespace or by `require`. */
export function initCall(calls: readonly ForeignCall[]): InitCall | null {
  const call = calls.find(({ foreign }) => foreign.module === 'arkos' && calledName(foreign) === 'init');
  if (!call) return null;
  const nothing = known({ type: 'object', entries: {} }, { kind: 'place', place: call.place });
  return { options: call.args[0] ?? nothing, place: call.place };
}

/** The last name on the way to what was called: `init` in `arkos.init`, `arkos.default.init`, `init`. */
function calledName({ name, steps }: ForeignCall['foreign']): string {
  const names = steps.flatMap((step) => ('get' in step ? [step.get] : []));
  return names.at(-1) ?? name;
}
