import { defineRule, notApplicable, pass, violation } from '@bulwark/model';
import type { App, EnvFileAnswer, Fix } from '@bulwark/model';
import { startOf } from '../gathered.ts';
import { listed } from '../routes/describe.ts';

interface Input {
  readonly version: string;
  /** Env files by their names in the app, without those the settings name. */
  readonly files: readonly EnvFile[];
  /** The file whose last line has the last word on them; `null` if none can be written. */
  readonly ignoreFile: string | null;
}

interface EnvFile {
  readonly name: string;
  readonly answer: EnvFileAnswer;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'env-file-ignored',
  title: 'Git ignores every env file that Arkos reads',
  why: 'The file that holds the real credentials is one git add away from history, and each version of Arkos reads other names, in other modes, than people remember.',
  severity: 'error',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      committed: {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: [],
        description: 'Names of env files that are committed on purpose because they are encrypted.',
      },
    },
  },
  messages: {
    open: ({ files, count, add, version }) =>
      `git would not ignore ${files}, which Arkos ${version} reads ${count === 1 ? 'if it is there' : 'if they are there'}; add ${add} to .gitignore, after any line that lets ${count === 1 ? 'it' : 'them'} in`,
    tracked: ({ files }) =>
      `${files} is ignored and committed all the same, and git goes on tracking it; run git rm --cached on it`,
  },
  select: (facts, options) => {
    const committed = options['committed'] as readonly string[];
    return {
      version: facts.version,
      ignoreFile: startOf(facts).ignoreFile ?? null,
      files: startOf(facts)
        .envFiles.map((answer) => ({ name: nameIn(facts.app, answer.path), answer }))
        .filter(({ name }) => !committed.includes(name)),
    };
  },
  check({ files, version, ignoreFile }) {
    if (files.length === 0) return notApplicable('this app reads no env file');
    const seen = files.filter(({ answer }) => !answer.ignore.ignored);
    const open = seen.map(({ name }) => name);
    const tracked = files.filter(({ answer }) => answer.ignore.ignored && answer.isTracked);
    const judgements = tracked.map(({ name, answer: { ignore } }) =>
      violation('tracked', { files: name }, { key: name, place: ignore.by }),
    );
    if (open.length > 0) {
      const props = { files: listed(open, 8), count: open.length, add: patternsFor(open), version };
      judgements.push(violation('open', props, { key: open.join(' ') }, ignoreThem(seen, ignoreFile)));
    }
    if (judgements.length > 0) return judgements;
    return pass(
      `git ignores ${listed(
        files.map(({ name }) => name),
        8,
      )}`,
      files[0]!.answer.ignore.by,
    );
  },
});

function nameIn({ root }: App, path: string): string {
  return root === '.' ? path : path.slice(root.length + 1);
}

/**
 * A line for each, and no pattern: that would hide files nobody asked about. None where one of them is committed,
 * which no line in an ignore file changes, or has a name that is not one plain word to git.
 */
function ignoreThem(files: readonly EnvFile[], path: string | null): Fix | undefined {
  const isPlain = files.every(({ name, answer }) => /^[\w.-]+$/.test(name) && !answer.isTracked);
  if (path === null || !isPlain) return undefined;
  const lines = files.map(({ name }) => name);
  return { title: `add ${listed(lines, 8)} to ${path}`, edits: [{ kind: 'append-lines', path, lines }] };
}

/** `.env` and `.env.*` cover every name; a template then needs its exception. */
function patternsFor(names: readonly string[]): string {
  return names.length > 2 ? '.env, .env.* and !.env.example' : listed(names);
}
