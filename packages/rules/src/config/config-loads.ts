import { defineRule, pass, undecided, violation } from '@bulwark/model';
import type { ConfigProblem, Judgement } from '@bulwark/model';

interface Input {
  readonly problems: readonly ConfigProblem[];
}

/** A configuration that stops the app is seen by whoever starts it; options left over in arkos.init are dead settings. */
function isLoud({ id, effect }: ConfigProblem): boolean {
  return id === 'dead-options' || (effect === 'exits' && (id === 'throws' || id === 'may-throw'));
}

const asTold =
  (remedy: string) =>
  ({ told }: Readonly<Record<string, unknown>>) =>
    remedy === '' ? String(told) : `${String(told)}; ${remedy}`;

export default defineRule<Input>({
  kind: 'mode',
  id: 'config-loads',
  title: 'The configuration is one the installed version loads',
  why: 'A configuration that is not loaded is no error to Arkos: the app runs on defaults, without authentication, and every route is public.',
  severity: 'error',
  messages: {
    throws: asTold('let the configuration finish, and check what it needs where the app is started'),
    'may-throw': asTold(
      'read the variable as it is, without throwing: Arkos itself refuses to start in production without a JWT secret',
    ),
    'no-config': asTold('write one, beside package.json'),
    'not-wrapped': asTold('write export default defineConfig({ … })'),
    'no-default-export': asTold('write export default'),
    'never-read': asTold(''),
    'wrong-import': asTold(''),
    'stale-twin': asTold(''),
    'not-built': asTold(''),
  },
  select: ({ configProblems }) => ({ problems: configProblems.filter((problem) => !isLoud(problem)) }),
  check({ problems }) {
    if (problems.length === 0) return pass('the configuration is loaded as it is written');
    return problems.map(({ id, message, place }): Judgement => {
      const about = { key: 'configuration', place: place ?? undefined };
      // A newer compiler may know what this parser does not: what cannot be read is not judged.
      return id === 'syntax-error' ? undecided(message, about) : violation(id, { told: message }, about);
    });
  },
});
