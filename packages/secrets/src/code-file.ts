/** In these a value without quotes is an expression, unless it stands in a comment or a longer string. */
const CODE_FILE =
  /\.(?:[cm]?[jt]sx?|py|go|java|kt|rs|php|rb|c|h|cc|cpp|cs|swift|scala|dart|vue|svelte|map)$/i;

export function isCodeFile(path: string): boolean {
  return CODE_FILE.test(path);
}
