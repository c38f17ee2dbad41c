import { defineRule, notApplicable, pass, undecided, violation } from '@bulwark/model';
import type { DatabaseUrl, Judgement, Props, StartProblem } from '@bulwark/model';
import { startOf } from '../gathered.ts';
import { startProblems, undecidedBy } from './start-problems.ts';

interface Input {
  readonly urls: readonly DatabaseUrl[];
  readonly problems: readonly StartProblem[];
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'database-url',
  title: "The database's address comes from the environment",
  why: 'An address in the code is one address for every place the app runs in, and its password is in history for everyone who can read the repository.',
  severity: 'error',
  messages: {
    literal: ({ where, what, instead }) => `${where} names ${what}; write ${instead}`,
    fallback: ({ where, what, variable, instead }) =>
      `${where} falls back to ${what} where ${variable} is not set, and then nothing says that it is; write ${instead}`,
  },
  select: (facts) => ({
    urls: startOf(facts).databaseUrls,
    problems: startProblems(facts, 'database'),
  }),
  check({ urls, problems }) {
    const unread = problems.map(undecidedBy);
    if (urls.length + unread.length === 0) return notApplicable('nothing in the app names a database');
    const judgements = urls.map(judgeUrl);
    const bad = [...judgements.filter(({ verdict }) => verdict !== 'pass'), ...unread];
    return bad.length > 0 ? bad : judgements[0]!;
  },
});

const WHERE: Readonly<Record<DatabaseUrl['kind'], string>> = {
  'prisma-schema': 'the Prisma datasource',
  'prisma-config': 'the Prisma config',
  'prisma-client': 'new PrismaClient',
};

function judgeUrl(url: DatabaseUrl): Judgement {
  const { kind, place, from, variable, because } = url;
  const about = { key: `${kind} ${place.path}`, place };
  const name = variable ?? 'DATABASE_URL';
  const props: Props = {
    where: WHERE[kind],
    what: `${url.scheme === null ? 'an' : `a ${url.scheme}`} address${url.hasPassword ? ', password and all' : ''}`,
    variable: name,
    instead: kind === 'prisma-schema' ? `url = env("${name}")` : `process.env.${name}`,
  };
  switch (from) {
    case 'environment':
      return pass(`${WHERE[kind]} reads ${variable ?? 'the environment'}`, place);
    case 'literal':
      return violation('literal', props, about);
    case 'fallback':
      return violation('fallback', props, about);
    case 'unknown':
      return undecided(because, about);
  }
}
