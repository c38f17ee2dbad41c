/** A rule's three files and its line in the list, all or nothing. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listRule } from './list-rule.mjs';
import { KINDS, pageText, ruleText, specText } from './templates.mjs';

/** Two words or more, so that an id is never a reserved word when it becomes a variable's name. */
const RULE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
const GROUP = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** Something the caller can mend. Nothing was written. */
export class RuleError extends Error {
  constructor(message, hint, options) {
    super(message, options);
    this.name = 'RuleError';
    this.hint = hint;
  }
}

/**
 * Writes the rule's files below `root` (the rules package) and lists it.
 *
 * @param {{ id: string, kind: string, group?: string | undefined, root: string }} wish
 * @returns {{ id: string, files: string[], index: string }} paths from `root`
 * @throws {RuleError} if the id, kind or group will not do, the rule exists, or `root` is no rules package
 */
export function createRule({ id, kind, group = kind === 'file' ? 'files' : 'config', root }) {
  if (!RULE_ID.test(id))
    throw new RuleError(`${quote(id)} is no rule id: write it in kebab-case, two words or more`);
  if (!KINDS.includes(kind))
    throw new RuleError(`there is no kind ${quote(kind)}: choose ${KINDS.join(', ')}`);
  if (!GROUP.test(group))
    throw new RuleError(`${quote(group)} is no group: write one folder name in kebab-case`);

  const index = 'src/index.ts';
  if (!existsSync(join(root, index)))
    throw new RuleError(`${join(root, index)} does not exist`, 'Point --rules at the rules package.');
  const taken = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).find((file) =>
    basename(file).startsWith(`${id}.`),
  );
  if (taken !== undefined) throw new RuleError(`${id} exists: src/${taken}`);

  const list = readFileSync(join(root, index), 'utf8');
  const listed = listRule(list, { id, group });
  if (listed === null)
    throw new RuleError(
      `${index} cannot take ${id}`,
      'It must export `rules`, one array of imported names, and not name this one yet.',
    );

  const texts = {
    [`${id}.ts`]: ruleText({ id, kind }),
    [`${id}.md`]: pageText({ id, kind }),
    [`${id}.spec.ts`]: specText({ id, kind }),
  };
  const files = Object.keys(texts).map((name) => `src/${group}/${name}`);
  mkdirSync(join(root, 'src', group), { recursive: true });
  const written = [];
  try {
    for (const [nth, text] of Object.values(texts).entries()) {
      writeFileSync(join(root, files[nth]), text, { flag: 'wx' });
      written.push(files[nth]);
    }
    writeFileSync(join(root, index), listed);
  } catch (error) {
    for (const file of written) rmSync(join(root, file));
    throw error;
  }
  return { id, files, index };
}

function quote(text) {
  return JSON.stringify(text);
}
