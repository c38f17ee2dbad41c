import { LineCounter, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Place, StartProblem } from '@bulwark/model';

/** A place in a YAML (or JSON) document, with what stands there. */
export class YamlNode {
  readonly #node: unknown;
  readonly #file: { readonly path: string; readonly lines: LineCounter };

  constructor(node: unknown, file: { readonly path: string; readonly lines: LineCounter }) {
    this.#node = node;
    this.#file = file;
  }

  get(...keys: readonly string[]): YamlNode {
    let node = this.#node;
    for (const key of keys) node = isMap(node) ? node.get(key, true) : undefined;
    return new YamlNode(node, this.#file);
  }

  get exists(): boolean {
    return (
      this.#node !== undefined && this.#node !== null && !(isScalar(this.#node) && this.#node.value === null)
    );
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  /** Text of a scalar; numbers and booleans as they are written. */
  get text(): string | null {
    if (!isScalar(this.#node) || this.#node.value === null) return null;
    return typeof this.#node.value === 'string'
      ? this.#node.value
      : (this.#node.source ?? String(this.#node.value));
  }

  /** Items of a list; none if it is no list. */
  get items(): readonly YamlNode[] {
    return isSeq(this.#node) ? this.#node.items.map((item) => new YamlNode(item, this.#file)) : [];
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  get entries(): readonly (readonly [string, YamlNode])[] {
    if (!isMap(this.#node)) return [];
    return this.#node.items.flatMap((pair) =>
      isPair(pair) && isScalar(pair.key)
        ? [[String(pair.key.value), new YamlNode(pair.value, this.#file)] as const]
        : [],
    );
  }

  /** Variables written as a map, as `NAME=value` lines, or as `{ name | key, value }` objects. */
  get variables(): readonly (readonly [string, { readonly value: string | null; readonly place: Place }])[] {
    if (isMap(this.#node)) {
      return this.entries.map(([name, node]) => [name, { value: node.text, place: node.place }]);
    }
    return this.items.flatMap((item) => {
      if (item.isMap) {
        const name = item.get('name').text ?? item.get('key').text;
        return name === null ? [] : [[name, { value: item.get('value').text, place: item.place }] as const];
      }
      const [name, ...value] = (item.text ?? '').split('=');
      return name
        ? [[name, { value: value.length > 0 ? value.join('=') : null, place: item.place }] as const]
        : [];
    });
  }

  get place(): Place {
    const range = (this.#node as Node | undefined)?.range;
    const from = this.#file.lines.linePos(range?.[0] ?? 0);
    const to = this.#file.lines.linePos(range?.[1] ?? 0);
    return {
      path: this.#file.path,
      line: Math.max(from.line, 1),
      column: Math.max(from.col, 1),
      endLine: Math.max(to.line, 1),
      endColumn: Math.max(to.col, 1),
    };
  }
}

/** Every document of a YAML file; what cannot be read is a problem. */
export function readYaml(
  path: string,
  text: string,
  problem: (problem: StartProblem) => void,
): readonly YamlNode[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, merge: true, uniqueKeys: false });
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      problem({ path, message: `is not valid YAML: ${error.message.split('\n')[0]}` });
      return [];
    }
    return [new YamlNode(document.contents, { path, lines })];
  });
}
