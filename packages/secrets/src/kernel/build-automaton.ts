/**
 * Aho-Corasick over bytes (Aho and Corasick, CACM 18/6, 1975), run when the product is built: the tree
 * of all keywords with its failure links, ASCII case folded. `walk.ts` folds the links in, and runs it.
 */

export interface AutomatonData {
  /** For each byte its class; bytes no keyword holds are class 0. */
  readonly classes: Uint8Array;
  /** States, each after those that are less deep; the children of one stand together, in the order of their parents. */
  readonly states: readonly State[];
  /** Bits that hold a class. */
  readonly shift: number;
  /** States that end a keyword are numbered from here on. */
  readonly firstEnd: number;
  /** For each state from `firstEnd` on: which keywords end there. */
  readonly ends: readonly (readonly number[])[];
}

export interface State {
  readonly number: number;
  /** Number of the state of the longest suffix that is in the tree; it goes on where this one does not. */
  readonly fail: number;
  /** The class that leads to it from its parent; 0 for the root. */
  readonly symbol: number;
  readonly children: number;
}

interface Node {
  readonly next: Map<number, Node>;
  readonly keywords: number[];
  fail: Node | null;
  number: number;
}

/** Builds the automaton of keywords, which are ASCII and lower-case. */
export function buildAutomaton(keywords: readonly string[]): AutomatonData {
  const classes = classesOf(keywords);
  const width = Math.max(...classes) + 1;
  const shift = Math.ceil(Math.log2(width));
  const root = trieOf(keywords, classes);
  const nodes = link(root);
  const plain = nodes.filter(({ keywords: ended }) => ended.length === 0);
  const ending = nodes.filter(({ keywords: ended }) => ended.length > 0);
  const ordered = [...plain, ...ending];
  for (const [number, node] of ordered.entries()) node.number = number;
  const symbols = [0, ...nodes.flatMap(({ next }) => [...next.keys()])];
  const states = nodes.map(({ number, fail, next }, at) => ({
    number,
    fail: (fail ?? root).number,
    symbol: symbols[at]!,
    children: next.size,
  }));
  const ends = ending.map(({ keywords: ended }) => ended);
  return { classes, states, shift, firstEnd: plain.length, ends };
}

/**
 * A row of the table is longer than a line of the processor's cache: the classes of letters come first, so that most
 * steps touch the first of its lines alone.
 */
function classesOf(keywords: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256);
  const isLetter = (byte: number): boolean => byte >= 97 && byte <= 122;
  const used = [...new Set(Buffer.from(keywords.join(''), 'latin1'))].toSorted(
    (a, b) => Number(isLetter(b)) - Number(isLetter(a)) || a - b,
  );
  for (const [index, byte] of used.entries()) {
    classes[byte] = index + 1;
    if (isLetter(byte)) classes[byte - 32] = index + 1;
  }
  return classes;
}

function trieOf(keywords: readonly string[], classes: Uint8Array): Node {
  const root = createNode();
  for (const [index, keyword] of keywords.entries()) {
    let node = root;
    for (const byte of Buffer.from(keyword, 'latin1')) {
      const symbol = classes[byte]!;
      const next = node.next.get(symbol) ?? createNode();
      node.next.set(symbol, next);
      node = next;
    }
    node.keywords.push(index);
  }
  return root;
}

function createNode(): Node {
  return { next: new Map(), keywords: [], fail: null, number: 0 };
}

/** Sets failure links breadth first, and gives each node the keywords that end in its suffixes. Root first. */
function link(root: Node): Node[] {
  const nodes = [root];
  for (const node of nodes) {
    for (const [symbol, next] of node.next) {
      next.fail = node === root ? root : follow(node.fail ?? root, symbol, root);
      next.keywords.push(...next.fail.keywords);
      nodes.push(next);
    }
  }
  return nodes;
}

function follow(from: Node, symbol: number, root: Node): Node {
  for (let node: Node | null = from; node; node = node.fail) {
    const next = node.next.get(symbol);
    if (next) return next;
  }
  return root;
}
