/** The rules of the plugins in force, and the pages beside them. */
import { posix } from 'node:path';
import { readPolicy } from '@bulwark/engine';
import type { Problem, Rule } from '@bulwark/model';
import { checkParts } from '../compose.ts';
import type { Io } from '../io.ts';

export interface TeamRules {
  readonly rules: readonly Rule[];
  readonly problems: readonly Problem[];
  /** A rule's page as Markdown: the one beside it, or what the rule says of itself. */
  pageOf(rule: Rule): string;
}

/** @throws UserError for a mistake in the settings. */
export async function openTeamRules(io: Pick<Io, 'cwd' | 'env'>): Promise<TeamRules> {
  const parts = checkParts(io);
  const subject = await parts.openSubject({
    cwd: io.cwd,
    view: { kind: 'worktree' },
    scope: 'everything',
  });
  try {
    const { rules, problems } = await readPolicy(parts, subject);
    const team = rules.filter(({ plugin }) => plugin !== undefined);
    const trusted = (await subject.openTrusted?.()) ?? null;
    const pages = new Map<string, string>();
    for (const rule of team) {
      const page = trusted?.file(pathOfPage(rule));
      if (trusted && page) pages.set(rule.id, Buffer.from(await trusted.read(page)).toString('utf8'));
    }
    return { rules: team, problems, pageOf: (rule) => pages.get(rule.id) ?? ownPage(rule) };
  } finally {
    await subject.close();
  }
}

/** `cors-review.md` for `team/cors-review`, beside the file that has the rule. */
function pathOfPage({ id, plugin }: Rule): string {
  return posix.join(posix.dirname(plugin!.path), `${id.slice(id.indexOf('/') + 1)}.md`);
}

function ownPage(rule: Rule): string {
  const { id, title, why, severity, plugin } = rule;
  return `# ${id}\n\n${title}.\n\n## Why\n\n${why}\n\nIts severity is ${severity}; it is in ${plugin!.path}. A page of its own would be ${pathOfPage(rule)}.\n`;
}
