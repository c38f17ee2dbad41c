/** Files that may say how an app is started, and could not be read: nobody can say what is in them. */
import { startOf, undecided } from '@bulwark/model';
import type { ModeFacts, StartProblem, Undecided } from '@bulwark/model';
import { startOf as startFactsOf } from '../gathered.ts';

const ABOUT_DATABASE = /prisma/;

/** Those that lie in the app, or where files for many apps lie: in a folder above it, or in one like `.github`. */
export function startProblems(facts: ModeFacts, about: 'database' | 'start'): StartProblem[] {
  return startFactsOf(facts).problems.filter(
    ({ path }) => ABOUT_DATABASE.test(path) === (about === 'database') && mayConcern(facts.app.root, path),
  );
}

export function undecidedBy({ path, message }: StartProblem): Undecided {
  return undecided(`${path} ${message}`, { key: path, place: startOf(path) });
}

function mayConcern(root: string, path: string): boolean {
  const folder = path.slice(0, path.lastIndexOf('/') + 1).replace(/^\..*/, '');
  return root === '.' || folder.startsWith(`${root}/`) || `${root}/`.startsWith(folder);
}
