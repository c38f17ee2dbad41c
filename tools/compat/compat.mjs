/** `npm run compat -- nx|node [versions]`: end-to-end tests under other releases, installed into a temporary folder. */
const kinds = { nx: () => import('./nx-releases.mjs'), node: () => import('./node-releases.mjs') };

const [kind, ...versions] = process.argv.slice(2);
const load = kinds[kind ?? ''];
if (load) {
  const { tryReleases } = await load();
  const rows = await tryReleases(versions);
  console.log('');
  console.table(Object.fromEntries(rows.map(({ name, ...results }) => [name, results])));
  if (rows.some((row) => Object.values(row).some((result) => String(result).startsWith('FAILED'))))
    process.exitCode = 1;
} else {
  console.error(
    `Say which: ${Object.keys(kinds).join(' or ')}. Versions may follow: npm run compat -- nx 20.8.4`,
  );
  process.exitCode = 2;
}
