import { expect, it } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import type { Snapshot } from '@bulwark/model';
import { discoverApps } from './discover.ts';
import { gatherApps } from './gather-apps.ts';
import { defaultModes } from './mode.ts';

const manifest = JSON.stringify({ dependencies: { arkos: '1.6.7' } });
const schema = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';

const files = Object.fromEntries(
  ['apps/a', 'apps/b'].flatMap((root) => [
    [`${root}/package.json`, manifest],
    [`${root}/arkos.config.ts`, 'export default {};\n'],
    [`${root}/src/app.ts`, "import arkos from 'arkos';\narkos.init();\n"],
    [`${root}/src/utils/prisma/index.ts`, 'export default new PrismaClient();\n'],
    [`${root}/prisma/schema.prisma`, schema],
    [`${root}/Dockerfile`, 'CMD ["npx", "arkos", "start"]\n'],
  ]),
);

function watched(snapshot: Snapshot): { snapshot: Snapshot; read: Set<string> } {
  const read = new Set<string>();
  return {
    read,
    snapshot: {
      kind: snapshot.kind,
      commit: null,
      files: snapshot.files,
      file: (path) => snapshot.file(path),
      read: (file) => {
        read.add(file.path);
        return snapshot.read(file);
      },
    },
  };
}

it('opens of an app that is not asked about only what may start another', async () => {
  const { snapshot, read } = watched(memorySnapshot(files));
  const { apps } = await discoverApps(snapshot);
  const roots: string[] = [];
  for await (const { app, facts } of gatherApps(snapshot, { apps, modes: defaultModes }, [apps[0]!])) {
    roots.push(app.root);
    expect(facts[0]!.start!.databaseUrls).toHaveLength(1);
  }
  expect(roots).toEqual(['apps/a']);
  expect([...read].filter((path) => path.startsWith('apps/b/')).toSorted()).toEqual([
    'apps/b/Dockerfile',
    'apps/b/package.json',
  ]);
});
