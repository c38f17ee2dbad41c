import { follow } from './follow.ts';
import { builtElsewhere, builds, nothing } from './source.ts';
import { roleByName } from './role.ts';
import type { Package, Script } from './packages.ts';
import type { Built, Source, Sources } from './source.ts';
import type { Role } from './role.ts';

/** Every script of every package and every Nx target, followed. */
export function scriptSources(sources: Sources): readonly Source[] {
  return sources.world.packages.all.flatMap((home) => [
    ...scriptsOf(home, sources),
    ...targetsOf(home, sources),
  ]);
}

function scriptsOf(home: Package, { world }: Sources): readonly Source[] {
  const followed = [...home.scripts.values()].map((script) => {
    const before = home.scripts.get(`pre${script.name}`);
    const leaves = [...(before ? [before] : []), script].flatMap(({ text, place }) =>
      follow({ text, place, folder: home.folder, environment: nothing }, world),
    );
    return { script, leaves };
  });
  const building = followed.filter(({ leaves }) => builds(leaves)).map(({ script }) => script);
  return followed.map(({ script, leaves }) => ({
    source: 'package-script',
    name: `scripts.${script.name}`,
    place: script.place,
    role: roleOf(script.name),
    leaves,
    built: besideOf(building.find((other) => other !== script)),
  }));
}

/** A sibling script that builds is what a platform, or a person, runs before `start`. */
function besideOf(building: Script | undefined): Built {
  return building
    ? { answer: 'yes', because: `the script "${building.name}" runs arkos build` }
    : { answer: 'unknown', because: 'no script beside it runs arkos build' };
}

function targetsOf(home: Package, { world }: Sources): readonly Source[] {
  return [...home.targets.values()].map((target) => ({
    source: 'nx-target',
    name: `targets.${target.name}`,
    place: target.place,
    role: target.name === 'serve' ? UNSURE : roleOf(target.name),
    leaves: follow(
      {
        text: `nx run ${home.names[0] ?? home.folder}:${target.name}`,
        place: target.place,
        folder: home.folder,
        environment: nothing,
      },
      world,
    ),
    built: builtElsewhere,
  }));
}

const UNSURE: Role = { role: 'unknown', because: 'its name does not say who uses it' };

/** `npm start` is what hosts run where nothing else is said (Heroku, Railway, App Engine, Azure). */
function roleOf(name: string): Role {
  if (name === 'start') return { role: 'production', because: '`start` is the script that hosts run' };
  const named = roleByName([name], UNSURE);
  return named.role === 'unknown' && /^(?:serve|up|run)$/.test(name) ? UNSURE : named;
}
