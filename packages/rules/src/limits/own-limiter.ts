/** A limiter the app makes by itself with `express-rate-limit` and hands to Arkos as a handler. */
import { known } from '@bulwark/model';
import type { Unknown, Value } from '@bulwark/model';

/** The options of `rateLimit({...})`, or the value as it is if it is anything else. */
export function limiterOptions(value: Value): Value {
  if (value.kind !== 'unknown') return value;
  if (value.outcomes) {
    const outcomes = value.outcomes.map(({ when, value: inner }) => ({ when, value: limiterOptions(inner) }));
    return { ...value, outcomes };
  }
  return optionsOfCall(value) ?? value;
}

function optionsOfCall({ foreign, from }: Unknown): Value | null {
  if (foreign?.module !== 'express-rate-limit') return null;
  const steps = foreign.steps.filter(
    (step) => !('get' in step && (step.get === 'default' || step.get === 'rateLimit')),
  );
  const [step] = steps;
  if (steps.length !== 1 || !step || !('call' in step)) return null;
  return step.call[0] ?? known({ type: 'object', entries: {} }, from);
}
