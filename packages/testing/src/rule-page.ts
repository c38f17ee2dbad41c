/** A rule's page, taken apart. */

export interface RulePage {
  readonly title: string;
  /** Text of each section by its heading. */
  readonly sections: Readonly<Record<string, string>>;
}

/** The headings every page has, in their order. */
export const PAGE_SECTIONS = [
  'What it looks at',
  'Why',
  'Fails in production',
  'Passes',
  'What it cannot see',
  'When to switch it off',
] as const;

export function parsePage(markdown: string): RulePage {
  const [head, ...rest] = markdown.split(/^## /m);
  const sections = rest.map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end).trim(), part.slice(end + 1).trim()] as const;
  });
  return { title: /^# (.+)$/m.exec(head ?? '')?.[1] ?? '', sections: Object.fromEntries(sections) };
}

/** The TypeScript in a section's code blocks. */
export function codeBlocks(section: string): string[] {
  return [...section.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);
}
