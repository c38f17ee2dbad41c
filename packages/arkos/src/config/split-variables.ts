import { isObject, known } from '@bulwark/model';
import type { Known, Unknown, Value } from '@bulwark/model';

/**
 * A bare `process.env.X` that nobody pins has two outcomes that matter here: unset it is `undefined`, which is
 * where defaults come in and flags are erased; set it is some text. Told apart, a verdict can say which decides.
 */
export function splitVariables(value: Value): Value {
  return split(value, new Set());
}

/** @param decided variables that the outcome at hand already says something of. */
function split(value: Value, decided: ReadonlySet<string>): Value {
  if (value.kind === 'absent') return value;
  if (value.kind === 'known') return isObject(value.value) ? splitEntries(value, decided) : value;
  if (value.outcomes) {
    const within = new Set([...decided, ...(value.variables ?? [])]);
    return {
      ...value,
      outcomes: value.outcomes.map((each) => ({ ...each, value: split(each.value, within) })),
    };
  }
  const variable = bareVariable(value);
  if (variable === null || decided.has(variable)) return value;
  return {
    ...value,
    outcomes: [
      { when: `${variable} is unset`, value: known({ type: 'undefined' }, value.from) },
      { when: `${variable} is set`, value },
    ],
  };
}

function splitEntries(value: Known, decided: ReadonlySet<string>): Known {
  if (!isObject(value.value)) return value;
  const entries = Object.fromEntries(
    Object.entries(value.value.entries).map(([key, property]) => [
      key,
      { ...property, value: split(property.value, decided) },
    ]),
  );
  return { ...value, value: { ...value.value, entries } };
}

/** The variable that a value is, and nothing but it; `null` for what is made of one. */
function bareVariable({ from, variables, foreign, fallback }: Unknown): string | null {
  if (from.kind !== 'env' || foreign || fallback) return null;
  return variables?.length === 1 && variables[0] === from.variable ? from.variable : null;
}
