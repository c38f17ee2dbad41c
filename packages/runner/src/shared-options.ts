import { reporters } from '@bulwark/reporters';
import type { OptionSpecs } from './command.ts';
import { reportOutputs } from './report-outputs.ts';

export const colorOption: OptionSpecs = {
  color: {
    type: 'string',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    help: 'auto (default), always or never',
  },
};

/** Looks at a commit. */
export const refOption: OptionSpecs = {
  ref: { type: 'string', value: 'COMMIT', help: 'read a commit instead of the work tree' },
};

/** How a report is printed. */
export const outputOptions: OptionSpecs = {
  format: {
    type: 'string',
    multiple: true,
    value: 'NAME[=FILE]',
    check: reportOutputs,
    help: `${Object.keys(reporters).join(', ')}; several may be given, each but one with a file`,
  },
  output: {
    type: 'string',
    value: 'FILE',
    help: 'write the report to a file; one line still goes to the terminal',
  },
  quiet: { type: 'boolean', short: 'q', help: 'show only what blocks and what could not be checked' },
  ...colorOption,
};

/** Narrows a check to some rules. */
export const ruleOption: OptionSpecs = {
  rule: { type: 'string', multiple: true, value: 'ID', help: 'only this rule; may be given several times' },
};

/** Options of every command that prints a report on all rules, or some. */
export const reportOptions: OptionSpecs = { ...ruleOption, ...outputOptions };

/** For what asks about many files, or about apps. */
export const cacheOption: OptionSpecs = {
  'no-cache': { type: 'boolean', help: 'judge everything anew, and remember nothing of it' },
};

/** For whoever writes a rule; a hook never has it. */
export const tryPluginsOption: OptionSpecs = {
  'try-plugins': {
    type: 'boolean',
    help: 'run the rules of plugins as they are in the work tree, committed or not',
  },
};

/** Narrows a check to some apps. */
export const appOption: OptionSpecs = {
  app: {
    type: 'string',
    multiple: true,
    value: 'APP',
    help: 'only this app, by folder or name; may be given several times',
  },
};

/** Options every command has. */
export const generalOptions: OptionSpecs = {
  help: { type: 'boolean', short: 'h', help: 'show this help' },
  version: { type: 'boolean', short: 'v', help: 'show the version' },
};
