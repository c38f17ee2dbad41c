import type { Unknown, Value } from '@bulwark/model';

/**
 * The rule behind `policy.Create`, where `policy` is `ArkosPolicy("user").rule("Create", …)…`: its value,
 * `null` if the chain has no rule by that name, `no policy` if the value is something else.
 */
export function ruleOfPolicy(value: Unknown): Value | null | 'no policy' {
  const { foreign } = value;
  if (!foreign || foreign.name !== 'ArkosPolicy') return 'no policy';
  const last = foreign.steps.at(-1);
  if (!last || !('get' in last)) return 'no policy';
  for (const [index, step] of foreign.steps.entries()) {
    if (!('call' in step)) continue;
    const method = foreign.steps[index - 1];
    const [name, rule] = step.call;
    const isRule = method !== undefined && 'get' in method && method.get === 'rule';
    if (isRule && name?.kind === 'known' && name.value === last.get) return rule ?? null;
  }
  return null;
}
