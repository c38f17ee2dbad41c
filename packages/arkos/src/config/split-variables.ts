import { isObject, known } from '@bulwark/model';
import type { Known, Property, Unknown, Value } from '@bulwark/model';

/**
 * A bare `process.env.X` that nobody pins has two outcomes that matter here: unset it is `undefined`, which is
 * where defaults come in and flags are erased; set it is some text. Told apart, a verdict can say which decides.
 */
export function splitVariables(value: Value): Value {
  return split(value, []);
}

/** @param decided variables that the outcome at hand already says something of. */
function split(value: Value, decided: readonly string[]): Value {
  if (value.kind === 'absent') return value;
  if (value.kind === 'known') return splitEntries(value, decided);
  if (value.outcomes) {
    const within = [...decided, ...(value.variables ?? [])];
    return {
      ...value,
      outcomes: value.outcomes.map((each) => ({ ...each, value: split(each.value, within) })),
    };
  }
  const variable = bareVariable(value);
  if (variable === null || decided.includes(variable)) return value;
  return {
    ...value,
    outcomes: [
      { when: `${variable} is unset`, value: known({ type: 'undefined' }, value.from) },
      { when: `${variable} is set`, value },
    ],
  };
}

/** Hands back what does not change as it is: most of a configuration is literal. */
function splitEntries(value: Known, decided: readonly string[]): Known {
  if (!isObject(value.value)) return value;
  let changed: Record<string, Property> | null = null;
  for (const [key, property] of Object.entries(value.value.entries)) {
    const inner = split(property.value, decided);
    if (inner === property.value) continue;
    changed ??= { ...value.value.entries };
    changed[key] = { ...property, value: inner };
  }
  return changed === null ? value : { ...value, value: { ...value.value, entries: changed } };
}

/** The variable that a value is, and nothing but it; `null` for what is made of one. */
function bareVariable({ from, variables, foreign, fallback }: Unknown): string | null {
  if (from.kind !== 'env' || foreign || fallback) return null;
  return variables?.length === 1 && variables[0] === from.variable ? from.variable : null;
}
