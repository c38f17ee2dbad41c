import type { Tree } from '@nx/devkit';
import { formatFiles, logger } from '@nx/devkit';
import { caseText, ruleText } from './rule-files.ts';
import type { RuleKind } from './rule-files.ts';
import { addPlugin } from './settings-file.ts';

export interface RuleOptions {
  readonly id: string;
  readonly kind?: RuleKind;
  readonly directory?: string;
  readonly language?: 'mjs' | 'ts';
  readonly skipFormat?: boolean;
}

/** Whose rule, and what it is called: what `bulwark` asks of a team's own. */
const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** @throws Error for an id that is none, or a rule that is there. */
export async function ruleGenerator(tree: Tree, options: RuleOptions): Promise<() => void> {
  const { kind = 'file', language = 'mjs' } = options;
  const id = options.id.includes('/') ? options.id : `team/${options.id}`;
  if (!ID.test(id) || id.startsWith('bulwark/'))
    throw new Error(
      `"${options.id}" is no name for a rule: write a name of yours, a slash and what it is called, in small letters and hyphens, such as team/no-leftovers`,
    );
  const folder = (options.directory ?? 'tools/policies').replace(/^\.\/|\/$/g, '');
  const name = id.slice(id.indexOf('/') + 1);
  const rule = `${folder}/${name}.rule.${language}`;
  if (tree.exists(rule)) throw new Error(`${rule} is there already`);
  tree.write(rule, ruleText(id, kind));
  tree.write(`${folder}/${name}.test.${language}`, caseText(name, kind, language));
  addPlugin(tree, folder);
  if (!options.skipFormat) await formatFiles(tree);
  return () => {
    logger.info(`Write the cases first, then the rule: node --test ${folder}/${name}.test.${language}`);
    logger.info('It judges once it is committed.');
  };
}
