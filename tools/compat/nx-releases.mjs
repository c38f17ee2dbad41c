/** The plugin in a real workspace under each Nx it says it serves, with and without the daemon. */
import { runSpecs, withInstalled } from './run-specs.mjs';

/** A release of each that is whole: of some newer ones the registry lacks a part. */
const RELEASES = ['20.8.4', '21.6.11', '22.7.12', '23.2.1', '24.0.0'];

const SPECS = ['test/affected.spec.ts', 'test/plugin-in-nx.spec.ts'];

export async function tryReleases(versions) {
  const rows = [];
  for (const version of versions.length > 0 ? versions : RELEASES) {
    console.log(`Nx ${version}`);
    rows.push(
      await withInstalled({ nx: version, '@nx/devkit': version }, (modules) => tryOne(version, modules)),
    );
  }
  return rows;
}

function tryOne(version, modules) {
  const run = (daemon) =>
    runSpecs({
      folder: 'packages/nx',
      args: SPECS,
      env: { BULWARK_TEST_NX: modules, BULWARK_TEST_NX_DAEMON: String(daemon) },
    });
  return { name: `Nx ${version}`, 'daemon off': run(false), 'daemon on': run(true) };
}
