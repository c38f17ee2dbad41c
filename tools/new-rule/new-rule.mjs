/** `npm run new-rule -- <id>`: words in, one call of {@link createRule}, words out. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRule, RuleError } from './create-rule.mjs';
import { KINDS } from './templates.mjs';

const OPTIONS = {
  group: {
    type: 'string',
    value: 'FOLDER',
    says: 'folder under packages/rules/src [config; files for --kind file]',
  },
  kind: { type: 'string', value: 'KIND', says: `what it judges: ${KINDS.join(', ')} [live-mode]` },
  rules: { type: 'string', value: 'DIR', says: 'the rules package to write to [packages/rules]' },
  help: { type: 'boolean', short: 'h', says: 'print this' },
};

/** Prints what was done, or why nothing was. Returns the exit code: 0 done, 2 nothing was written. */
function main(args) {
  try {
    const { values, positionals } = readWords(args);
    if (values.help) {
      console.log(help());
      return 0;
    }
    if (positionals.length !== 1) throw new RuleError('name one rule id', help());
    const { id, files, index } = createRule({
      id: positionals[0],
      kind: values.kind ?? 'live-mode',
      group: values.group,
      root: values.rules ?? fileURLToPath(new URL('../../packages/rules', import.meta.url)),
    });
    console.log(
      [
        `Started ${id}:`,
        ...files.map((file) => `  ${file}`),
        `  ${index} (listed)`,
        '',
        'Next: write the cases in the .spec.ts and see them fail; write select, then check, until they pass;',
        `fill in the page; move its line in ${index} to where it is best read. No TODO may stay.`,
      ].join('\n'),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    console.error(`new-rule: ${error.message}${error.hint ? `\n\n${error.hint}` : ''}`);
    return 2;
  }
}

function readWords(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new RuleError(error.message, help(), { cause: error });
  }
}

function help() {
  const rows = Object.entries(OPTIONS).map(([name, { short, value, says }]) => [
    `  ${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
    says,
  ]);
  const width = Math.max(...rows.map(([words]) => words.length)) + 2;
  return [
    'Usage: npm run new-rule -- <id> [options]',
    '',
    'Writes <id>.ts, <id>.md and <id>.spec.ts from templates and lists the rule in src/index.ts.',
    'An id is kebab-case with at least two words: cors-origin.',
    '',
    ...rows.map(([words, says]) => `${words.padEnd(width)}${says}`),
  ].join('\n');
}

process.exitCode = main(process.argv.slice(2));
