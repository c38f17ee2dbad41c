/** The example applications a page shows. */

export interface PageExample {
  /** By path from the application's root. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A fenced block whose first line names a path (```` ```prisma prisma/schema.prisma ````) is that file; a bare
 * ```` ```ts ```` block is `arkos.config.ts`. Blocks that follow each other are one application; prose, or a
 * path that comes again, begins the next one.
 */
export function pageExamples(section: string): PageExample[] {
  const examples: Record<string, string>[] = [];
  let end = 0;
  for (const block of section.matchAll(/^```(\w*)(?: (\S+))?\n([\s\S]*?)^```$/gm)) {
    const [whole, language, named, text] = block;
    const path = named ?? (language === 'ts' ? 'arkos.config.ts' : null);
    const hasProse = section.slice(end, block.index).trim() !== '';
    end = block.index + whole.length;
    if (path === null) continue;
    const current = examples.at(-1);
    if (!current || hasProse || Object.hasOwn(current, path)) examples.push({ [path]: text! });
    else current[path] = text!;
  }
  return examples.map((files) => ({ files }));
}
