import { follow } from './follow.ts';
import { builtBy, builtElsewhere, nothing } from './source.ts';
import type { Built, Sources } from './source.ts';

/** Scripts that hosts run by themselves when they deploy Node.js: the first that is there. */
const SCRIPTS = ['heroku-postbuild', 'gcp-build', 'build'];

/** What a host's own build step does in this folder, where no other step is named. */
export function hostBuild(folder: string, { world }: Pick<Sources, 'world'>): Built {
  const home = world.packages.at(folder);
  if (!home) return builtElsewhere;
  const script = SCRIPTS.map((name) => home.scripts.get(name)).find((it) => it !== undefined);
  if (!script)
    return {
      answer: 'no',
      because: `${folder === '.' ? 'the root' : folder} has no build script for the host to run`,
    };
  const leaves = follow({ text: script.text, place: script.place, folder, environment: nothing }, world);
  return builtBy(leaves, `the script "${script.name}"`);
}
