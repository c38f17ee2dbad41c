/**
 * What a rule starts from. It type-checks and is formatted, and its cases fail: `check` is undecided about
 * everything until somebody writes it.
 */

/** What a rule can judge: see `packages/model/src/rule.ts`. */
export const KINDS = ['live-mode', 'mode', 'app', 'file'];

const TITLE = 'TODO what holds when the rule passes';

export function ruleText({ id, kind }) {
  const { imports, input, message, body } = RULES[kind](id);
  return `${imports}

interface Input {
${input}
}

export default defineRule<Input>({
  kind: '${kind}',
  id: '${id}',
  title: '${TITLE}',
  why: 'TODO what goes wrong otherwise.',
  severity: 'error',
  messages: {
    wrong: ${message},
  },
${body}
});
`;
}

const ONE_MODE = () => ({
  imports: `import { defineRule, judgeValue, notApplicable, undecided } from '@bulwark/model';
import type { Setting } from '@bulwark/model';`,
  input: `  /** \`null\` where that version of Arkos has no such setting. */
  readonly setting: Setting | null;`,
  message: '({ key, value }) => `${key} is ${value}; TODO what to write instead`',
  body: `  // TODO pick from the facts what the rule needs, and no more
  select: ({ settings }) => ({ setting: settings.routers.strict }),
  check({ setting }) {
    if (!setting) return notApplicable('this version of Arkos has no such setting');
    const { key, place, value } = setting;
    const about = { key, place };
    return judgeValue(value, about, () => undecided('TODO judge one outcome', about));
  },`,
});

const RULES = {
  'live-mode': ONE_MODE,
  mode: ONE_MODE,
  app: () => ({
    imports: `import { defineRule, undecided } from '@bulwark/model';
import type { Setting } from '@bulwark/model';`,
    input: `  readonly modes: readonly { readonly mode: string; readonly setting: Setting | null }[];`,
    message: '({ key, values }) => `${key} differs: ${values}; TODO what to write instead`',
    body: `  // TODO pick from the facts what the rule needs, and no more
  select: (facts) => ({
    modes: facts.map(({ mode, settings }) => ({ mode: mode.name, setting: settings.routers.strict })),
  }),
  check({ modes }) {
    const names = modes.map(({ mode }) => mode).join(', ');
    return undecided(\`TODO judge \${names} together\`, { key: 'routers.strict' });
  },`,
  }),
  file: (id) => ({
    imports: `import { defineRule, startOf, undecided } from '@bulwark/model';`,
    input: `  readonly path: string;`,
    message: `() => 'TODO what is wrong with the file, and what to do'`,
    body: `  // TODO pick from the facts what the rule needs, and no more
  select: ({ path }) => ({ path }),
  check({ path }) {
    return undecided('TODO judge the file', { key: '${id}', place: startOf(path) });
  },`,
  }),
};

export function specText({ id, kind }) {
  return kind === 'file' ? fileSpec(id) : configSpec(id);
}

function configSpec(id) {
  return `import { testRule } from '@bulwark/testing';
import rule from './${id}.ts';

const config = (strict: string): string =>
  \`import { defineConfig } from 'arkos/config';\\nexport default defineConfig({ routers: { strict: \${strict} } });\\n\`;

// TODO the rule's own cases: at least one of each sort, and one for each version that differs
testRule(rule, {
  passes: [config('true')],
  fails: [{ config: config('false'), messages: ['wrong'] }],
  undecided: [{ config: config('process.env.STRICT'), because: /STRICT/ }],
});
`;
}

function fileSpec(id) {
  return `import { describe, expect, test } from '@jest/globals';
import rule from './${id}.ts';

const check = (path: string): unknown => rule.check({ path }, {});

// TODO the rule's own cases: at least one of each sort
describe(rule.id, () => {
  test('passes', () => {
    expect(check('README.md')).toMatchObject({ verdict: 'pass' });
  });

  test('fails', () => {
    expect(check('TODO')).toMatchObject({ verdict: 'violation', message: 'wrong' });
  });
});
`;
}

export function pageText({ id, kind }) {
  const example = kind === 'file' ? prose : code;
  return `# ${id}

${TITLE}.

## What it looks at

TODO which keys or files, in which versions of Arkos.

## Why

TODO what goes wrong otherwise.

## Fails in production

${example('false')}

## Passes

${example('true')}

## What it cannot see

TODO what gets past it, and which rule looks there.

## When to switch it off

TODO who does not need it.
`;
}

function code(strict) {
  return `\`\`\`ts
import { defineConfig } from 'arkos/config';

export default defineConfig({ routers: { strict: ${strict} } });
\`\`\``;
}

function prose() {
  return 'TODO an example.';
}
