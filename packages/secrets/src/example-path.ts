/** What a path says of the secrets in the file: among tests and documentation most are made up. */

/** Tests, fixtures, examples, documentation and type declarations. */
const EXAMPLES =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|docs?|demos?|specs?|e2e|stories|testdata|snapshots?)\/|\.(?:tests?|spec|stories|fixture|snap|examples?|mock)(?:\.|$)|\.(?:md|mdx|rst|adoc|d\.[cm]?ts)$/i;

let last = { path: '', isExample: false };

/** Whether what stands in the file is made up more often than not. Asked several times in turn about one file. */
export function isExamplePath(path: string): boolean {
  if (last.path !== path) last = { path, isExample: EXAMPLES.test(path) };
  return last.isExample;
}
