/** What the end of a path's name says of the file. */

/** Kinds, as bits. In code a value without quotes is an expression, unless it stands in a comment or a longer string. */
export const IS_CODE = 1;
export const IS_JSON = 2;
export const IS_NPMRC = 4;
export const MAY_BE_KEY_STORE = 8;
export const MAY_BE_PASSWORDS = 16;

const CODE = /^(?:[cm]?[jt]sx?|py|go|java|kt|rs|php|rb|c|h|cc|cpp|cs|swift|scala|dart|vue|svelte|map)$/i;
const KEY_STORE = /^(?:p12|pfx|jks|jceks|keystore|bks|kdbx|p8|pk8|pvk|der|key)$/i;
const PASSWORDS = /^(?:pgpass|conf)$/i;

/** By what stands behind the last dot: most files of a repository share few ends. */
const known = new Map<string, number>();
const MOST_KNOWN = 1_000;

let last = { path: '', kinds: 0 };

/** Asked several times in turn about one file. */
export function pathKinds(path: string): number {
  if (last.path !== path) last = { path, kinds: kindsByEnd(path) };
  return last.kinds;
}

function kindsByEnd(path: string): number {
  const dot = path.lastIndexOf('.');
  if (dot === -1) return 0;
  const end = path.slice(dot + 1);
  let kinds = known.get(end);
  if (kinds === undefined) {
    kinds = kindsOf(end);
    if (known.size < MOST_KNOWN) known.set(end, kinds);
  }
  return kinds;
}

function kindsOf(end: string): number {
  return (
    (CODE.test(end) ? IS_CODE : 0) |
    (end === 'json' ? IS_JSON : 0) |
    (end === 'npmrc' ? IS_NPMRC : 0) |
    (KEY_STORE.test(end) ? MAY_BE_KEY_STORE : 0) |
    (PASSWORDS.test(end) ? MAY_BE_PASSWORDS : 0)
  );
}

export function isCodeFile(path: string): boolean {
  return (pathKinds(path) & IS_CODE) !== 0;
}
