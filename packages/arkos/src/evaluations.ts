/** Evaluations of the modules of one app, each made once for all environments it cannot tell apart. */
import type { Loader, ModuleGraph } from '@bulwark/evaluator';

/** Variables by name; `null` is unset. Any other is unknown. */
export type Variables = Readonly<Record<string, string | null>>;

export interface Evaluations {
  /**
   * What `work` makes of a module and all it imports. The answer is remembered by purpose, module, and the
   * variables that any of those modules names.
   * @throws ReadError if the snapshot cannot be read.
   */
  once<T>(purpose: string, path: string, variables: Variables, work: (graph: ModuleGraph) => T): Promise<T>;
}

interface Opened {
  readonly graph: ModuleGraph;
  readonly reads: Reads;
}

/** The variables a graph of modules names, or `any` where it may read others too. */
type Reads = readonly string[] | 'any';

export function openEvaluations(loader: Loader): Evaluations {
  const opened = new Map<string, Promise<Opened>>();
  const answers = new Map<string, unknown>();
  const open = (path: string): Promise<Opened> => {
    const known = opened.get(path) ?? loader.load(path).then((graph) => ({ graph, reads: readsOf(graph) }));
    opened.set(path, known);
    return known;
  };
  return {
    async once<T>(
      purpose: string,
      path: string,
      variables: Variables,
      work: (graph: ModuleGraph) => T,
    ): Promise<T> {
      const { graph, reads } = await open(path);
      const key = JSON.stringify([purpose, path, pick(variables, reads)]);
      if (!answers.has(key)) answers.set(key, work(graph));
      return answers.get(key) as T;
    },
  };
}

function pick(variables: Variables, reads: Reads): unknown {
  if (reads === 'any') return variables;
  return reads.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]);
}

const NAMED_READ = /\bprocess\.env\.([A-Za-z_$][\w$]*)/g;
/** What is left of any other way to the environment: `const { env } = process`, `process['env']`, `import.meta.env`. */
const OTHER_READ = /\b(?:process|env|globalThis)\b/;

/** From the text alone, comments included: what it finds too much costs an evaluation and nothing else. */
function readsOf({ modules }: ModuleGraph): Reads {
  const names = new Set<string>();
  for (const { file } of modules.values()) {
    const rest = file.parsed.text.replace(NAMED_READ, (_whole, name: string) => {
      names.add(name);
      return '';
    });
    if (OTHER_READ.test(rest)) return 'any';
  }
  return [...names].sort();
}
