/** Builds the package `bulwark`: one bundle of our own code, the rules' pages, and the JSON Schemas. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { writeDeclarations } from './declarations.mjs';
import { loadAtFirstUse } from './load-at-first-use.mjs';
import { leaveOut } from './leave-out.mjs';
import { makeSettingsChecks } from './make-settings-checks.mjs';
import { QUICK } from './quick-parts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runner = join(root, 'packages/runner');
const bundle = join(runner, 'dist/bundle');

/** Our own packages are bundled from source; everything else stays a dependency. */
const bundleOnlyOurs = {
  name: 'bundle-only-ours',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@bulwark/') ? undefined : { path, external: true },
    );
  },
};

/**
 * What gets a file of its own: what a commit without an app need not load, what that shares with the rest, so that
 * there is one of each of its classes; what begins before the rest is loaded; the one function that must be able to
 * import.
 */
const PARTS = {
  model: { entry: '@bulwark/model', imported: /^@bulwark\/model$/ },
  arkos: { entry: '@bulwark/arkos', imported: /^@bulwark\/arkos$/ },
  'early-index': {
    entry: join(root, 'packages/git/src/early-index.ts'),
    imported: /^\.\/early-index\.ts$/,
  },
  'import-module': {
    entry: join(root, 'packages/secrets/src/import-module.ts'),
    imported: /^\.\/import-module\.ts$/,
  },
};

const oneFileForEach = (parts) => ({
  name: 'one-file-for-each-part',
  setup({ onResolve }) {
    for (const [name, { imported }] of Object.entries(parts)) {
      onResolve({ filter: imported }, ({ kind }) =>
        kind === 'entry-point' ? undefined : { path: `./${name}.cjs`, external: true },
      );
    }
  },
});

const esbuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  conditions: ['@bulwark/source'],
  logLevel: 'warning',
};

await rm(bundle, { recursive: true, force: true });
await rm(join(runner, 'dist/compile-cache'), { recursive: true, force: true });
const { schemas, settingsChecks } = await importBuilt('schemas');
// CommonJS: Node loads one such file in a fraction of the time that two dozen modules take it, and can be handed
// what it compiled the last time; but then `import()` must not be in it.
const cjsOptions = { ...esbuildOptions, format: 'cjs', outdir: bundle, outExtension: { '.js': '.cjs' } };
const { 'import-module': importModule, ...compiled } = PARTS;
const compiledOptions = {
  ...cjsOptions,
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'here.url' },
  banner: {
    js: "const here = { get url() { return require('node:url').pathToFileURL(__filename).href; } };",
  },
  // Nothing of it is bound anew later, and plain values are read faster than the getters they are copied from.
  footer: { js: 'module.exports = { ...module.exports };' },
  metafile: true,
};
const { metafile } = await build({
  ...compiledOptions,
  entryPoints: [
    { in: join(runner, 'src/main.ts'), out: 'bulwark' },
    ...Object.entries(compiled).map(([name, { entry }]) => ({ in: entry, out: name })),
  ],
  plugins: [oneFileForEach(PARTS), makeSettingsChecks(settingsChecks), loadAtFirstUse],
});
// Whole in itself as well, as it has to be loaded before it is known whether anything else will be.
const { metafile: ofQuick } = await build({
  ...compiledOptions,
  entryPoints: [{ in: join(runner, 'src/quick/quick.ts'), out: 'quick' }],
  minify: true,
  plugins: [oneFileForEach({ 'import-module': importModule }), leaveOut(QUICK), loadAtFirstUse],
});
await keepToAscii(metafile);
await keepToAscii(ofQuick);
await build({ ...cjsOptions, entryPoints: [{ in: importModule.entry, out: 'import-module' }] });
// An ES module, and whole in itself: rules of a team import it beside the command line.
const { metafile: ofApi } = await build({
  ...esbuildOptions,
  format: 'esm',
  entryPoints: [{ in: join(runner, 'src/api.ts'), out: 'api' }],
  outdir: bundle,
  metafile: true,
});
const built = { outputs: { ...metafile.outputs, ...ofQuick.outputs, ...ofApi.outputs } };
await checkDependencies(built);
await writeBuildId(built);
await writeDeclarations({
  api: join(runner, 'src/api.ts'),
  model: join(root, 'packages/model/src'),
  out: join(bundle, 'types'),
});
await copyPages();
await writeSchemas();

/** Text of one byte a character is read in a fraction of the time. What esbuild leaves are patterns and comments. */
async function keepToAscii({ outputs }) {
  for (const path of Object.keys(outputs)) {
    const file = join(process.cwd(), path);
    const text = await readFile(file, 'utf8');
    const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    await writeFile(file, text.replaceAll(/[^\0-\x7f]/g, escape));
  }
}

/** Names the code that gives the answers, its dependencies included: what is remembered is remembered under it. */
async function writeBuildId({ outputs }) {
  const { dependencies } = JSON.parse(await readFile(join(runner, 'package.json'), 'utf8'));
  const hash = createHash('sha256').update(JSON.stringify(dependencies));
  for (const path of Object.keys(outputs).toSorted())
    hash.update(basename(path)).update(await readFile(join(process.cwd(), path)));
  await writeFile(join(bundle, 'build-id'), hash.digest('hex'));
}

/** Every package the bundle leaves outside must be a dependency of the published package. */
async function checkDependencies({ outputs }) {
  const { dependencies } = JSON.parse(await readFile(join(runner, 'package.json'), 'utf8'));
  const imported = Object.values(outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external),
  );
  const packages = new Set(
    imported
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('node:') && !path.startsWith('.'))
      .map(packageName),
  );
  const missing = [...packages].filter((name) => !(name in dependencies));
  const unused = Object.keys(dependencies).filter((name) => !packages.has(name));
  if (missing.length > 0)
    throw new Error(`packages/runner/package.json must depend on: ${missing.join(', ')}`);
  if (unused.length > 0)
    throw new Error(`packages/runner/package.json need not depend on: ${unused.join(', ')}`);
}

function packageName(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

async function copyPages() {
  const pages = await readdir(join(root, 'packages/rules/src'), { recursive: true });
  await mkdir(join(bundle, 'rules'), { recursive: true });
  for (const page of pages.filter((name) => name.endsWith('.md'))) {
    await copyFile(join(root, 'packages/rules/src', page), join(bundle, 'rules', basename(page)));
  }
}

/** The schemas come from the same code that reads the settings and writes the report. */
async function writeSchemas() {
  for (const [name, schema] of Object.entries(schemas)) {
    const file = join(runner, 'schema', `${name}.json`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(schema, null, 2)}\n`);
  }
}

/** What a module of the runner's source exports, its own packages bundled. */
async function importBuilt(name) {
  const script = join(bundle, `${name}.mjs`);
  await build({
    ...esbuildOptions,
    format: 'esm',
    entryPoints: [join(runner, `src/${name}.ts`)],
    outfile: script,
    plugins: [bundleOnlyOurs],
  });
  const built = await import(pathToFileURL(script).href);
  await rm(script);
  return built;
}
