/** The list of rules with one more rule in it. The list is ours and formatted, so its text is read by line. */

/** `import corsOrigin from './http/cors-origin.ts';` */
const IMPORT = /^import (\w+) from '(\.\/[\w/.-]+)';$/gm;
/** `export const rules: readonly Rule[] = [` up to its bracket: names, commas, line comments. */
const LIST = /^export const rules\b[^=]*= \[([^[\](){}]*)\]/m;

/**
 * `index` with an import, in the order of the paths, and an element, behind the last rule of the same group.
 * Everything else stays as it is, byte for byte.
 *
 * @param {string} index text of `packages/rules/src/index.ts`
 * @param {{ id: string, group: string }} rule
 * @returns {string | null} `null` if the list is not of that shape, or has the name already
 */
export function listRule(index, { id, group }) {
  const imports = [...index.matchAll(IMPORT)].map(({ 0: line, 1: name, 2: path, index: start }) => ({
    name,
    path,
    start,
    end: start + line.length,
  }));
  const list = LIST.exec(index);
  const name = variableName(id);
  if (!list || imports.some((one) => one.name === name)) return null;

  const listStart = list.index + list[0].length - 1 - list[1].length;
  const elements = elementsOf(list[1], listStart);
  if (elements.some((element) => !imports.some((one) => one.name === element.name))) return null;

  const siblings = new Set(
    imports.filter(({ path }) => path.startsWith(`./${group}/`)).map((one) => one.name),
  );
  const before = elements.findLast((element) => siblings.has(element.name)) ?? elements.at(-1);
  const element = before
    ? { at: before.end, text: `,\n  ${name}` }
    : { at: listStart, text: `\n  ${name},\n` };

  const path = `./${group}/${id}.ts`;
  const line = `import ${name} from '${path}';`;
  const next = imports.find((one) => one.path > path);
  const last = imports.at(-1);
  const inserted = next
    ? { at: next.start, text: `${line}\n` }
    : { at: last?.end ?? list.index, text: last ? `\n${line}` : `${line}\n\n` };

  return insert(insert(index, element), inserted);
}

/** The names in the list and where each ends, comments aside. */
function elementsOf(text, offset) {
  const bare = text.replaceAll(/\/\/.*$/gm, (comment) => ' '.repeat(comment.length));
  return [...bare.matchAll(/\w+/g)].map(({ 0: name, index }) => ({
    name,
    end: offset + index + name.length,
  }));
}

function insert(text, { at, text: more }) {
  return text.slice(0, at) + more + text.slice(at);
}

function variableName(id) {
  return id.replaceAll(/-(.)/g, (_dash, letter) => letter.toUpperCase());
}
