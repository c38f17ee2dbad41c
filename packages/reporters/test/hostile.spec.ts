/** Whatever stands in a path, a message or a reason, an output keeps its shape and says it in plain letters. */
import { describe, expect, test } from '@jest/globals';
import { encodePath } from '@bulwark/model';
import type { Finding, Report } from '@bulwark/model';
import fc from 'fast-check';
import { marked } from 'marked';
import type { Token } from 'marked';
import { parse } from 'parse5';
import { reporters } from '../src/index.ts';
import type { ReporterName } from '../src/index.ts';
import { look, richReport } from './rich-report.ts';
import { jsonMistakes, junitMistakes } from './schemas.ts';

const BITS = [
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\0',
  '\u001b[31m',
  '\u007f',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udcff',
  '</script>',
  '<script>alert(1)</script>',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '&amp;',
  '&',
  '"',
  "'",
  '">',
  '<b>',
  '<img src=x onerror=y>',
  '::error::x',
  '%',
  '%0A',
  '::set-output name=a::b',
  ',',
  ':',
  '##[error]',
  '::stop-commands::t',
  '|',
  '`',
  '``',
  '\\',
  '*',
  '_',
  '[x](http://e.invalid)',
  '![x](y)',
  '@everyone',
  '#1',
  '~~~',
  '---',
  '===',
  '> ',
  '- ',
  '1. ',
  '# ',
  '$x$',
  'www.e.invalid',
  'https://e.invalid',
  'a@e.invalid',
  '<http://e.invalid>',
  ' ',
  '{0}',
  '..',
  'a',
  'é',
  '😀',
];
const hostile = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...BITS) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((bits) => bits.join(''));
/** A path has no NUL, and is not empty. */
const hostilePath = hostile.map((text) => text.replaceAll('\0', '') || 'x');

interface Texts {
  readonly path: string;
  readonly message: string;
  readonly reason: string;
  readonly app: string;
}

const texts: fc.Arbitrary<Texts> = fc.record({
  path: hostilePath,
  message: hostile,
  reason: hostile,
  app: hostilePath,
});

function reportWith({ path, message, reason, app }: Texts): Report {
  const said = (one: Finding): Finding => ({
    ...one,
    path,
    message,
    app: one.app === null ? null : app,
    waived: one.waived && { reason, owner: reason },
  });
  return {
    ...richReport,
    findings: richReport.findings.map(said),
    problems: richReport.problems.map((one) => ({ ...one, path: one.path && path, message, hint: reason })),
    scanned: { ...richReport.scanned, skipped: [{ path, reason }] },
    apps: richReport.apps.slice(0, 1).map((one) => ({
      ...one,
      root: app,
      name: message,
      arkos: { version: reason, generation: null, from: path },
      verdicts: Object.fromEntries(
        Object.entries(one.verdicts).map(([id, verdict]) => [id, { ...verdict, because: message }]),
      ),
    })),
  };
}

const plain = reportWith({ path: 'p', message: 'm', reason: 'r', app: 'a' });
const everywhere = (hold: (report: Report, said: Texts) => void, numRuns = 120): void =>
  fc.assert(
    fc.property(texts, (said) => hold(reportWith(said), said)),
    { numRuns },
  );

// eslint-disable-next-line no-control-regex
const UNFIT = /(?![\n])[\p{Cc}\p{Cs}\u202e\u2028\ufeff]/u;

test.each(['pretty', 'github', 'junit', 'markdown', 'html'] as ReporterName[])(
  '%s: nothing that hides or moves text reaches the reader',
  (format) => everywhere((report) => expect(reporters[format](report, look)).not.toMatch(UNFIT)),
);

test('json and sarif hold every text as it is', () => {
  everywhere((report, { path }) => {
    expect(JSON.parse(reporters.json(report, look))).toEqual(report);
    const { runs } = JSON.parse(reporters.sarif(report, look)) as {
      runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
    };
    const { uri } = runs[0]!.results[0]!.locations[0]!.physicalLocation.artifactLocation;
    expect(uri).toMatch(/^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*$/);
    const bytes = uri.replaceAll(/%(..)|(.)/g, (_, hex: string, char: string) =>
      (hex ?? char.charCodeAt(0).toString(16)).toLowerCase(),
    );
    expect(bytes).toBe(Buffer.from(encodePath(path)).toString('hex'));
    expect(jsonMistakes('sarif', JSON.parse(reporters.sarif(report, look)))).toEqual([]);
    expect(jsonMistakes('gitlab', JSON.parse(reporters.gitlab(report, look)))).toEqual([]);
  });
});

test('gitlab: an issue without a message is described by its rule', () => {
  const report = reportWith({ path: 'p', message: '', reason: 'r', app: 'a' });
  const issues = JSON.parse(reporters.gitlab(report, look)) as { description: string }[];
  expect(issues.filter(({ description }) => description === '')).toEqual([]);
});

test('github: each line is one command that the runner reads back', () => {
  // As the runner takes a line apart: properties end at the first `::` behind them.
  const COMMAND = /^::(error|warning|notice) ([^:\r\n]*)::(.*)$/;
  everywhere((report, { message }) => {
    const lines = reporters.github(report, look).slice(0, -1).split('\n');
    const commands = lines.slice(0, -1).map((line) => COMMAND.exec(line));
    expect(commands).toHaveLength(4 + 3);
    for (const found of commands) {
      expect(found).not.toBeNull();
      for (const property of found![2]!.split(',')) expect(property).toMatch(/^[a-zA-Z]+=[^,:]*$/);
    }
    expect(lines.at(-1)).not.toMatch(/^::|##\[/);
    const said = commands[0]![3]!.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
    if (/^[\x20-\x7e\n]*$/.test(message)) expect(said).toBe(message);
  });
});

test('junit: every document is well formed and fits', async () => {
  const documents = fc.sample(texts, 150).map((said) => reporters.junit(reportWith(said), look));
  expect(await junitMistakes(documents)).toEqual([]);
});

describe('html', () => {
  interface Node {
    readonly nodeName: string;
    readonly attrs?: readonly { readonly name: string; readonly value: string }[];
    readonly childNodes?: readonly Node[];
    readonly value?: string;
  }
  const skeleton = ({ nodeName, attrs = [], childNodes = [] }: Node): unknown =>
    nodeName === '#text'
      ? null
      : [
          nodeName,
          attrs.map(({ name, value }) => (name === 'title' ? name : `${name}=${value}`)),
          ...childNodes.map(skeleton).filter((one) => one !== null),
        ];
  const textOf = ({ value = '', childNodes = [] }: Node): string => value + childNodes.map(textOf).join('');

  test('has the same elements whatever stands in them', () => {
    const right = JSON.stringify(skeleton(parse(reporters.html(plain, look)) as unknown as Node));
    everywhere((report, { message }) => {
      const page = parse(reporters.html(report, look)) as unknown as Node;
      expect(JSON.stringify(skeleton(page))).toBe(right);
      if (/^[\x20-\x7e]*$/.test(message)) expect(textOf(page)).toContain(message);
    }, 60);
  });

  test('asks for nothing: no script, no link, nothing from elsewhere', () => {
    const text = reporters.html(richReport, look);
    expect(text).not.toMatch(
      /<(?:script|link|img|iframe|object|form|a|base)\b|\bon\w+=|url\(|@import|https?:\/\/(?!e\.invalid)/i,
    );
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});

describe('markdown', () => {
  const kinds = (tokens: readonly Token[]): string[] =>
    tokens.flatMap((token): string[] => {
      const inner = [
        ...('tokens' in token ? (token.tokens ?? []) : []),
        ...('items' in token ? (token.items as Token[]) : []),
        ...('rows' in token
          ? (token.rows as { tokens: Token[] }[][]).flat().flatMap((cell) => cell.tokens)
          : []),
        ...('header' in token ? (token.header as { tokens: Token[] }[]).flatMap((cell) => cell.tokens) : []),
      ];
      const name = token.type === 'html' ? `html ${token.raw.trim()}` : token.type;
      return [name, ...kinds(inner)];
    });
  const FREE = new Set(['text', 'escape', 'codespan', 'html <!-- -->', 'space']);
  const shapeOf = (report: Report): string[] =>
    kinds(marked.lexer(reporters.markdown(report, look)))
      .map((kind) => kind.replace(/^html (?=<details>|<summary>|<\/)[^]*/, 'html'))
      .filter((kind) => !FREE.has(kind));

  test('has the same blocks, and no link, picture or tag of others', () => {
    const right = shapeOf(plain);
    expect(right).toEqual(expect.arrayContaining(['heading', 'list', 'table', 'strong']));
    expect(right).not.toContain('link');
    everywhere((report) => expect(shapeOf(report)).toEqual(right));
  });

  test('mentions nobody', () => {
    everywhere((report) => {
      const shown = marked.parse(reporters.markdown(report, look), { async: false });
      const withoutCode = shown.replaceAll(/<code>[^]*?<\/code>/g, '');
      expect(withoutCode).not.toMatch(/[@#!](?=[A-Za-z0-9])(?!\d+;)/);
    });
  });
});
