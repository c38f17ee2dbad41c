/** In these a value without quotes is an expression, unless it stands in a comment or a longer string. */
const CODE_FILE =
  /\.(?:[cm]?[jt]sx?|py|go|java|kt|rs|php|rb|c|h|cc|cpp|cs|swift|scala|dart|vue|svelte|map)$/i;

let last = { path: '', isCode: false };

/** Asked many times in turn about one file. */
export function isCodeFile(path: string): boolean {
  if (last.path !== path) last = { path, isCode: CODE_FILE.test(path) };
  return last.isCode;
}
