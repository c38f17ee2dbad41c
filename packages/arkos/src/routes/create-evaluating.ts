import { evaluate } from '@bulwark/evaluator';
import type { Environment, Evaluation, Loader, Teachings, Trace } from '@bulwark/evaluator';
import type { Evaluating } from './evaluate-export.ts';

/** `defineConfig` gives back what it is given, as far as those who import the configuration see (FACTS §1.1). */
const TEACHINGS: Teachings = {
  'arkos/config#defineConfig': ({ args, place }) =>
    args[0] ?? { kind: 'known', value: { type: 'undefined' }, from: { kind: 'place', place } },
};

export interface TracedEvaluating extends Evaluating {
  /** What every answer so far rests on. */
  traces(): readonly Trace[];
}

/** Evaluates each module once under one environment. */
export function createEvaluating(loader: Loader, env: Environment): TracedEvaluating {
  const answers = new Map<string, Promise<Evaluation>>();
  const traces: Trace[] = [];
  const run = async (path: string): Promise<Evaluation> => {
    const evaluation = evaluate(await loader.load(path), { env, teach: TEACHINGS });
    traces.push(evaluation.trace);
    return evaluation;
  };
  return {
    async evaluate(path) {
      const answer = answers.get(path) ?? run(path);
      answers.set(path, answer);
      const { exports, foreignCalls } = await answer;
      return { exports, calls: foreignCalls };
    },
    traces: () => traces,
  };
}
