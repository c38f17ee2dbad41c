import { createCheck } from '@bulwark/engine';
import { memorySnapshot } from '@bulwark/model';
import type { CheckRequest } from '@bulwark/model';
import { checkParts } from '../compose.ts';

/** A little of everything that most answers need. */
const FILES = {
  'app/package.json':
    '{ "name": "app", "dependencies": { "arkos": "1.6.7" }, "scripts": { "start": "arkos start" } }',
  'app/arkos.config.ts': "export default { routers: { strict: process.env.NODE_ENV === 'production' } };\n",
  'app/src/app.ts': "import arkos from 'arkos';\n\nexport const app = arkos();\n",
  '.gitignore': '.env\n',
};

const REQUEST: CheckRequest = { cwd: '/', view: { kind: 'index' }, scope: 'everything' };

/** Judges a workspace in memory, so that the code is loaded and compiled when the first question comes. */
export async function warmUp(): Promise<void> {
  const snapshot = memorySnapshot(FILES);
  const subject = { snapshot, folder: '.', changes: null, bases: [], close: () => Promise.resolve() };
  const parts = checkParts({ cwd: '/', env: {}, isCached: false });
  await createCheck({ ...parts, openSubject: () => Promise.resolve(subject) })(REQUEST);
  await import('../commands/pre-commit.ts');
  await import('../commands/commit-msg.ts');
}
