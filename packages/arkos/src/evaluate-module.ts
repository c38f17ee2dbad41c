/** The evaluator as the rest of this package asks it: one loader, one environment, modules by path. */
import { evaluate } from '@bulwark/evaluator';
import type { Evaluation, Loader, Teachings } from '@bulwark/evaluator';
import type { Trace } from './record-lookups.ts';
import type { Evaluating } from './routes/evaluate-export.ts';

/** Variables by name; `null` is unset. Any other is unknown. */
export type Variables = Readonly<Record<string, string | null>>;

export async function evaluateModule(
  loader: Loader,
  path: string,
  variables: Variables,
  teach: Teachings = {},
): Promise<Evaluation> {
  const graph = await loader.load(path);
  return evaluate(graph, { env: { variables, others: 'unknown' }, teach });
}

/** A loader that loads each entry once: every mode of every version evaluates the same modules. */
export function rememberGraphs(loader: Loader): Loader {
  const known = new Map<string, ReturnType<Loader['load']>>();
  return {
    load(path) {
      const graph = known.get(path) ?? loader.load(path);
      known.set(path, graph);
      return graph;
    },
  };
}

/** An {@link Evaluating} that remembers each module, and what its answers rest on. */
export function evaluatingUnder(
  loader: Loader,
  variables: Variables,
): Evaluating & { readonly traces: readonly Partial<Trace>[] } {
  const known = new Map<string, Promise<Evaluation>>();
  const traces: Partial<Trace>[] = [];
  return {
    traces,
    async evaluate(path) {
      let evaluation = known.get(path);
      if (!evaluation) {
        evaluation = evaluateModule(loader, path, variables);
        known.set(path, evaluation);
        traces.push((await evaluation).trace);
      }
      const { exports, foreignCalls } = await evaluation;
      return { exports, calls: foreignCalls };
    },
  };
}
