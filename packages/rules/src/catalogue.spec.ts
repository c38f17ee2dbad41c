/** Every rule file is listed, and has its page and its cases; what the page shows is so. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { PAGE_SECTIONS, judgeConfig, parsePage } from '@bulwark/testing';
import type { Rule } from '@bulwark/model';
import { pageExamples } from '../test/page-examples.ts';
import type { PageExample } from '../test/page-examples.ts';
import { rules } from './index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('/'));
const pages = new Map(
  files.filter((file) => file.endsWith('.md')).map((file) => [basename(file, '.md'), file]),
);

describe('the catalogue', () => {
  test('lists each rule once', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });

  test('lists every page and has no page without a rule', () => {
    expect([...pages.keys()].toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    '%s has its file, its page and its cases',
    (id, rule) => {
      const page = pages.get(id)!;
      const stem = page.slice(0, -'.md'.length);
      expect(files).toEqual(expect.arrayContaining([`${stem}.ts`, `${stem}.spec.ts`]));
      const { title, sections } = parsePage(readFileSync(join(here, page), 'utf8'));
      expect(title).toBe(id);
      expect(Object.keys(sections)).toEqual([...PAGE_SECTIONS]);
      expect(readFileSync(join(here, page), 'utf8')).toContain(`\n${rule.title}.\n`);
      for (const file of [`${stem}.ts`, `${stem}.spec.ts`, page])
        expect(readFileSync(join(here, file), 'utf8')).not.toMatch(/\bTODO\b/);
      for (const name of Object.keys(rule.options?.properties ?? {}))
        expect(Object.values(sections).join()).toContain(`\`${name}\``);
    },
  );

  const examples = rules
    .filter(({ kind }) => kind !== 'file' && kind !== 'policy')
    .flatMap((rule) => examplesOf(rule));
  test.each(examples)('%s: example %s of its page', async (_id, _nth, rule, example, fails) => {
    const verdicts = (await judgeConfig(rule, example)).map(({ verdict }) => verdict);
    if (fails) expect(verdicts).toContain('violation');
    else expect(verdicts).not.toEqual(expect.arrayContaining([expect.stringMatching(/violation|undecided/)]));
    expect(verdicts.length).toBeGreaterThan(0);
  });
});

function examplesOf(rule: Rule): [string, string, Rule, PageExample, boolean][] {
  const page = pages.get(rule.id);
  if (page === undefined) return [];
  const { sections } = parsePage(readFileSync(join(here, page), 'utf8'));
  const of = (heading: string, fails: boolean): [string, string, Rule, PageExample, boolean][] =>
    pageExamples(sections[heading] ?? '').map((example, index) => [
      rule.id,
      `${heading} ${index + 1}`,
      rule,
      example,
      fails,
    ]);
  return [...of('Fails in production', true), ...of('Passes', false)];
}
