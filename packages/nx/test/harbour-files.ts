/** A small monorepo in good order: two apps that share a package, one that does not, and a library. */
import { exemplaryConfig } from '@bulwark/testing';

const CONFIG = (origin: string, head = ''): string => exemplaryConfig({ origin, head });

const SCRIPTS = { dev: 'arkos dev', build: 'arkos build', start: 'arkos start' };

function app(name: string, shares: boolean): Record<string, string> {
  const dependencies = { arkos: '1.6.7', ...(shares ? { '@harbour/base': '1.0.0' } : {}) };
  const config = shares
    ? CONFIG('origins', "import { origins } from '@harbour/base';\n")
    : CONFIG("['https://office.harbour.example']");
  return {
    [`apps/${name}/package.json`]: json({
      name: `@harbour/${name}`,
      version: '1.0.0',
      private: true,
      type: 'module',
      scripts: SCRIPTS,
      dependencies,
    }),
    [`apps/${name}/arkos.config.ts`]: config,
    [`apps/${name}/src/app.ts`]: "import arkos from 'arkos';\n\nexport const app = arkos.init();\n",
    [`apps/${name}/tsconfig.json`]: json({
      extends: '../../tsconfig.base.json',
      include: ['src', 'arkos.config.ts'],
    }),
  };
}

const APPS = { tides: true, tolls: true, crew: false };

/** @param versions what the lock file says is installed. */
export function harbourFiles(versions: { nx: string; bulwark: string }): Record<string, string> {
  return {
    'package.json': json({
      name: 'harbour',
      private: true,
      workspaces: ['apps/*', 'packages/*'],
      scripts: { lint: 'nx run-many -t lint' },
      devDependencies: { nx: versions.nx, bulwark: versions.bulwark, '@bulwark/nx': versions.bulwark },
    }),
    'package-lock.json': lockFile(versions),
    'nx.json': json({
      analytics: false,
      neverConnectToCloud: true,
      plugins: [{ plugin: '@bulwark/nx/plugin', options: { targetName: 'bulwark' } }],
    }),
    '.gitignore': 'node_modules\n.nx\n.bulwark/\n.env\n.env.*\n!.env.example\n',
    'tsconfig.base.json': json({ compilerOptions: { strict: true } }),
    'bulwark.json': '{}\n',
    'README.md': 'The back ends of the harbour.\n',
    'packages/base/package.json': json({
      name: '@harbour/base',
      version: '1.0.0',
      type: 'module',
      main: 'src/index.js',
    }),
    'packages/base/src/index.js': "export const origins = ['https://office.harbour.example'];\n",
    'packages/charts/package.json': json({ name: '@harbour/charts', version: '1.0.0' }),
    'packages/charts/index.js': 'module.exports = {};\n',
    ...Object.assign({}, ...Object.entries(APPS).map(([name, shares]) => app(name, shares))),
  };
}

/** As npm writes it, as far as anybody here reads it. */
function lockFile(versions: { nx: string; bulwark: string }): string {
  const links = Object.fromEntries(
    [...Object.keys(APPS).map((name) => `apps/${name}`), 'packages/base', 'packages/charts'].flatMap(
      (folder) => [
        [folder, { name: `@harbour/${folder.split('/')[1]}`, version: '1.0.0' }],
        [`node_modules/@harbour/${folder.split('/')[1]}`, { resolved: folder, link: true }],
      ],
    ),
  );
  const installed = Object.entries({ ...versions, arkos: '1.6.7', zod: '3.25.0' }).map(([name, version]) => [
    `node_modules/${name}`,
    {
      version,
      resolved: `https://registry.example/${name}-${version}.tgz`,
      integrity: `sha512-${name}-${version}`,
    },
  ]);
  const root = { name: 'harbour', devDependencies: { nx: versions.nx } };
  return json({
    name: 'harbour',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...links, ...Object.fromEntries(installed) },
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
