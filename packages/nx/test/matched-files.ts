import micromatch from 'micromatch';

/** The files that Nx would hand to the plugin. Its glob is a choice of globs; micromatch takes those as a list. */
export function matchedFiles(paths: readonly string[], glob: string): string[] {
  return micromatch([...paths], glob.slice(1, -1).split(','), { dot: true });
}
