/** Which config file counts in one mode, and what is wrong with that (FACTS §1.2, §1.3). */
import { startOf } from '@bulwark/model';
import type { ConfigProblem } from '@bulwark/model';
import type { Behaviour, Command } from '../generations/behaviour.ts';
import { inFolder } from '../version/folders.ts';
import { emitsConfig } from './built-config.ts';
import { devExtension } from './config-file.ts';
import type { ConfigFileSources } from './config-file.ts';

export interface PickedFile {
  /** The source of what is read; `null` if nothing is. */
  readonly path: string | null;
  readonly problems: readonly ConfigProblem[];
}

const EXTENSIONS = ['ts', 'js', 'mts', 'mjs', 'cts', 'cjs', 'json'];

export async function pickConfigFile(
  behaviour: Behaviour,
  sources: ConfigFileSources,
  folder: string,
  command: Command,
): Promise<PickedFile> {
  const { snapshot } = sources;
  const generation = `Arkos ${behaviour.generation}`;
  const pathOf = (extension: string): string => inFolder(folder, `arkos.config.${extension}`);
  const present = EXTENSIONS.filter((extension) => snapshot.file(pathOf(extension)));
  const wanted = await devExtension(behaviour, sources, folder);
  const has = (extension: string): boolean => present.includes(extension);
  // A TypeScript app that Arkos takes for JavaScript does not start at all: what it says still counts as written.
  const isMistaken =
    wanted === 'js' && has('ts') && !has('js') && !snapshot.file(inFolder(folder, 'src/app.js'));

  const problems: ConfigProblem[] = present
    .filter((extension) => extension !== wanted)
    // `arkos build` copies arkos.config.js whatever the app is written in.
    .filter((extension) => !(extension === 'js' && (has('ts') || command === 'start')))
    .map((extension) =>
      isMistaken && extension === 'ts'
        ? mistakenForJs(generation, pathOf('ts'))
        : {
            id: 'never-read',
            effect: has(wanted) || isMistaken ? 'nothing' : 'defaults',
            message: `${generation} reads arkos.config.${wanted} here and nothing else; rename this file to that`,
            place: startOf(pathOf(extension)),
          },
    );

  if (wanted === 'ts' && has('ts') && has('js'))
    problems.push({
      id: 'stale-twin',
      effect: 'differs',
      message: `arkos build copies arkos.config.js over the compiled arkos.config.ts: arkos dev reads one and arkos start the other; delete arkos.config.js`,
      place: startOf(pathOf('js')),
    });
  if (present.length === 0)
    problems.push({
      id: 'no-config',
      effect: 'defaults',
      message: `there is no arkos.config.${wanted}, so ${generation} runs on its defaults: no authentication, and every route public`,
      place: null,
    });

  const source = isMistaken ? 'ts' : command === 'start' && has('js') ? 'js' : wanted;
  const path = has(source) ? pathOf(source) : null;
  if (
    command === 'start' &&
    wanted === 'ts' &&
    path === pathOf('ts') &&
    (await emitsConfig(snapshot, folder)) === false
  )
    return { path: null, problems: [...problems, notBuilt(folder, generation)] };
  return { path, problems };
}

function mistakenForJs(generation: string, path: string): ConfigProblem {
  return {
    id: 'never-read',
    effect: 'nothing',
    message: `${generation} takes this app for JavaScript and looks for arkos.config.js, as nothing beside it says TypeScript; put a tsconfig.json beside it`,
    place: startOf(path),
  };
}

function notBuilt(folder: string, generation: string): ConfigProblem {
  const path = inFolder(folder, 'tsconfig.json');
  return {
    id: 'not-built',
    effect: 'defaults',
    message: `arkos build does not emit arkos.config.ts, because tsconfig.json does not include it and no source imports it: under arkos start ${generation} runs on its defaults; add "arkos.config.ts" to "include"`,
    place: startOf(path),
  };
}
