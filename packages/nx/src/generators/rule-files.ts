/** The two files of a rule of a team's own. */

export type RuleKind = 'file' | 'live-mode';

export function ruleText(id: string, kind: RuleKind): string {
  return kind === 'file' ? fileRule(id) : liveModeRule(id);
}

/** @param language decides the ending that the case imports. */
export function caseText(name: string, kind: RuleKind, language: 'mjs' | 'ts'): string {
  const rule = `./${name}.rule.${language}`;
  return kind === 'file' ? fileCases(rule) : liveModeCases(rule);
}

function fileRule(id: string): string {
  return `import { defineRule, pass, violation } from 'bulwark';

export default defineRule({
  kind: 'file',
  id: '${id}',
  title: 'No file is left over from a merge',
  why: 'A .orig or .rej file is what a merge could not place: somebody has to look at it.',
  severity: 'error',
  messages: {
    leftOver: ({ path }) => \`\${path} is left over from a merge; place what is in it, and delete it\`,
  },
  // What select returns is all that check sees, and what answers are remembered by.
  select: ({ path }) => path,
  check: (path) =>
    /\\.(?:orig|rej)$/.test(path) ? violation('leftOver', { path }, { key: path }) : pass('another name'),
});
`;
}

function fileCases(rule: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '${rule}';

const verdict = (path) => rule.check(rule.select({ path }, {}), {}).verdict;

test('a file that a merge left over is a violation', () => {
  assert.equal(verdict('src/app.ts.orig'), 'violation');
});

test('any other file passes', () => {
  assert.equal(verdict('src/app.ts'), 'pass');
});
`;
}

function liveModeRule(id: string): string {
  return `import { at, defineRule, judgeValue, pass, violation } from 'bulwark';

const KEY = 'swagger.mode';

export default defineRule({
  kind: 'live-mode',
  id: '${id}',
  title: 'The API documentation is made from zod schemas',
  why: 'Documentation that is made from the validators says what they do.',
  severity: 'warn',
  messages: {
    other: ({ is }) => \`\${KEY} is \${is}; write "zod"\`,
  },
  // What select returns is all that check sees, and what answers are remembered by.
  select: ({ config }) => at(config, KEY),
  // A value that hangs on something nobody can know here is undecided; judgeValue sees to that.
  check: (value) =>
    judgeValue(value, { key: KEY }, (outcome) => {
      if (outcome.kind === 'absent') return pass(\`\${KEY} is not written\`);
      return outcome.value === 'zod'
        ? pass(\`\${KEY} is "zod"\`)
        : violation('other', { is: JSON.stringify(outcome.value) }, { key: KEY });
    }),
});
`;
}

function liveModeCases(rule: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import rule from '${rule}';

const verdict = (value) => rule.check(value, {}).verdict;

test('another mode is a violation', () => {
  assert.equal(verdict({ kind: 'known', value: 'prisma' }), 'violation');
});

test('zod passes', () => {
  assert.equal(verdict({ kind: 'known', value: 'zod' }), 'pass');
});

test('nothing passes', () => {
  assert.equal(verdict({ kind: 'absent' }), 'pass');
});
`;
}
