/** A workspace of apps and packages in which Nx runs with the built plugin, or with a plain one instead. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @returns the files Nx would hand to the plugin, from the workspace's root. */
export function makeNxWorkspace(workspace, count) {
  const files = [];
  const write = (path, text, isNamed = true) => {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
    if (isNamed) files.push(path);
  };
  write(
    'package.json',
    JSON.stringify({ name: 'bench', private: true, workspaces: ['apps/*', 'packages/*'] }),
  );
  write('nx.json', '{}');
  for (let index = 0; index < count; index += 1) {
    const app = `apps/a${index}`;
    const scripts = { dev: 'arkos dev', build: 'arkos build', start: 'arkos start' };
    write(
      `${app}/package.json`,
      JSON.stringify({ name: `a${index}`, scripts, dependencies: { arkos: '1.6.7' } }),
    );
    write(`${app}/arkos.config.ts`, 'export default {};\n');
    write(`${app}/src/app.ts`, "import arkos from 'arkos';\narkos.init();\n");
    write(`packages/p${index}/package.json`, JSON.stringify({ name: `p${index}` }));
    write(`packages/p${index}/src/index.ts`, '', false);
  }
  const packages = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `node_modules/dep-${index}`,
      { version: '1.0.0', integrity: `sha512-${'x'.repeat(88)}` },
    ]),
  );
  const lock = {
    lockfileVersion: 3,
    packages: { '': {}, ...packages, 'node_modules/arkos': { version: '1.6.7' } },
  };
  write('package-lock.json', JSON.stringify(lock, null, 2), false);
  writeModules(join(workspace, 'node_modules'));
  return files;
}

const PLAIN = {
  'empty.js': `exports.createNodes = exports.createNodesV2 = ['**/there-is-no-such-file', () => []];`,
  'targets.js': `exports.createNodes = exports.createNodesV2 = ['**/arkos.config.ts', (files) => {
    const targets = () => ({ bare: { command: 'true' }, lint: { dependsOn: ['bare'] } });
    const projects = files.map((file) => [file.slice(0, file.lastIndexOf('/')), { targets: targets() }]);
    return [[files[0], { projects: Object.fromEntries(projects) }]];
  }];`,
};

/** The plugin as it is built, Nx itself, and the plain plugins it is compared with. */
function writeModules(modules) {
  mkdirSync(join(modules, '@bulwark'), { recursive: true });
  cpSync(join(root, 'packages/nx'), join(modules, '@bulwark/nx'), {
    recursive: true,
    filter: (path) => !path.includes('/test'),
  });
  for (const name of ['nx', '@nx', 'jsonc-parser'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  mkdirSync(join(modules, 'plain'));
  for (const [name, text] of Object.entries({ 'package.json': '{ "name": "plain" }', ...PLAIN }))
    writeFileSync(join(modules, 'plain', name), text);
}
