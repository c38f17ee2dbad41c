import { DockerfileParser } from 'dockerfile-ast';
import micromatch from 'micromatch';
import { ContainerFolders } from './container-folders.ts';
import { isKeptOut } from './docker-ignore.ts';
import { expandVariables } from './expand-variables.ts';
import { follow, followWords } from './follow.ts';
import { joinFolder } from './shell.ts';
import type { Environment, Leaf, Setting, World } from './follow.ts';
import type { TextFiles } from './text-files.ts';
import type { Copy, Env, Instruction, JSONInstruction } from 'dockerfile-ast';
import type { Place, Snapshot } from '@bulwark/model';

/** A command of an image: exec form, or shell form. */
export type ImageCommand =
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly place: Place }
  | { readonly kind: 'shell'; readonly text: string; readonly place: Place };

/** One stage of a Dockerfile with all it inherits. */
export interface Stage {
  readonly name: string | null;
  readonly folder: string;
  readonly environment: Environment;
  readonly folders: ContainerFolders;
  readonly entrypoint: ImageCommand | null;
  readonly cmd: ImageCommand | null;
  /** Everything its `RUN`s, and those of the stages it is made from, come down to. */
  readonly runs: readonly Leaf[];
  /** Env files in it: path in the container → the instruction that brought them. */
  readonly envFiles: ReadonlyMap<string, EnvFileInImage>;
  /** It takes `.build` from the build context, so it may have been built outside. */
  readonly copiesBuild: boolean;
}

export interface EnvFileInImage {
  /** In the repository. */
  readonly path: string;
  readonly instruction: { readonly text: string; readonly place: Place };
}

export interface Image {
  readonly path: string;
  readonly context: string;
  readonly dockerignore: string | null;
  readonly stages: readonly Stage[];
}

/** What reading a Dockerfile needs. */
export interface ImageInput {
  readonly path: string;
  readonly text: string;
  /** Folder of the build context, `null` to find out from what is copied. */
  readonly context: string | null;
  readonly snapshot: Snapshot;
  /** Whether the snapshot has files under this folder. */
  readonly hasFolder: (folder: string) => boolean;
  readonly texts: TextFiles;
  readonly world: World;
  /** Env files (from the root) that would be taken along if they are there. */
  readonly envFiles: readonly string[];
}

/** Reads a Dockerfile, stage by stage (docs.docker.com/reference/dockerfile). */
export function readImage(input: ImageInput): Image {
  const instructions = DockerfileParser.parse(input.text).getInstructions();
  const context = input.context ?? guessContext(instructions, input);
  const dockerignore =
    [`${input.path}.dockerignore`, join(context, '.dockerignore')].find(
      (path) => input.texts.get(path) !== null,
    ) ?? null;
  const reader = new StageReader(input, context, dockerignore === null ? '' : input.texts.get(dockerignore)!);
  for (const instruction of instructions) reader.read(instruction);
  return { path: input.path, context, dockerignore, stages: reader.stages };
}

/** What the container runs: ENTRYPOINT with CMD as its arguments. */
export function runImage(
  stage: Stage,
  world: World,
  override: { entrypoint?: ImageCommand | null; cmd?: ImageCommand | null; environment?: Environment } = {},
): readonly Leaf[] {
  const entrypoint = override.entrypoint ?? stage.entrypoint;
  const cmd = override.cmd === undefined ? (override.entrypoint ? null : stage.cmd) : override.cmd;
  const environment = new Map([...stage.environment, ...(override.environment ?? [])]);
  const inside = worldOf(stage, world);
  const main = entrypoint ?? cmd;
  if (!main) return [];
  const start = { place: (cmd ?? main).place, folder: stage.folder, environment };
  if (main.kind === 'shell') return follow({ ...start, text: main.text, place: main.place }, inside);
  const rest = main === cmd || !cmd ? [] : cmd.kind === 'words' ? cmd.words : ['/bin/sh', '-c', cmd.text];
  return followWords([...main.words, ...rest], start, inside);
}

interface Draft {
  name: string | null;
  folder: string;
  environment: Map<string, Setting>;
  folders: ContainerFolders;
  entrypoint: ImageCommand | null;
  cmd: ImageCommand | null;
  isCmdInherited: boolean;
  runs: Leaf[];
  envFiles: Map<string, EnvFileInImage>;
  copiesBuild: boolean;
}

class StageReader {
  readonly stages: Draft[] = [];
  readonly #args = new Map<string, string>();
  readonly #input: ImageInput;
  readonly #context: string;
  readonly #ignore: string;
  /** Env files that the build context would hold. */
  readonly #envFiles: readonly { readonly path: string; readonly inContext: string }[];

  constructor(input: ImageInput, context: string, ignore: string) {
    this.#input = input;
    this.#context = context;
    this.#ignore = ignore;
    this.#envFiles = input.envFiles.flatMap((path) => {
      const inContext = within(context, path);
      return inContext === null || isKeptOut(ignore, inContext) ? [] : [{ path, inContext }];
    });
  }

  read(instruction: Instruction): void {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') this.#from(instruction);
    else if (keyword === 'ARG') this.#arg(instruction as Env);
    const stage = this.stages.at(-1);
    if (!stage) return;
    switch (keyword) {
      case 'WORKDIR':
        stage.folder = joinFolder(stage.folder, this.#expand(rawText(instruction), stage)) ?? stage.folder;
        break;
      case 'ENV':
        for (const property of (instruction as Env).getProperties()) {
          const value = this.#expand(unquoted(property.getUnescapedValue() ?? ''), stage);
          stage.environment.set(property.getName(), { value, place: this.#placeOf(instruction) });
        }
        break;
      case 'COPY':
      case 'ADD':
        this.#copy(instruction as Copy, stage);
        break;
      case 'RUN':
        this.#run(instruction, stage);
        break;
      case 'CMD':
        stage.cmd = this.#command(instruction as JSONInstruction);
        stage.isCmdInherited = false;
        break;
      case 'ENTRYPOINT':
        stage.entrypoint = this.#command(instruction as JSONInstruction);
        // An entry point makes the base image's CMD void.
        if (stage.isCmdInherited) stage.cmd = null;
        break;
      default:
    }
  }

  #from(instruction: Instruction): void {
    const words = instruction.getArguments().map((it) => it.getValue());
    const image = this.#expand(words[0] ?? '', null) ?? '';
    const base = this.#stage(image);
    const as = words.findIndex((word) => word.toUpperCase() === 'AS');
    this.stages.push({
      name: as === -1 ? null : (words[as + 1]?.toLowerCase() ?? null),
      folder: base?.folder ?? '/',
      environment: new Map(base?.environment ?? []),
      folders: base ? ContainerFolders.from(base.folders) : new ContainerFolders(),
      entrypoint: base?.entrypoint ?? null,
      cmd: base?.cmd ?? null,
      isCmdInherited: true,
      runs: [...(base?.runs ?? [])],
      envFiles: new Map(base?.envFiles ?? []),
      copiesBuild: base?.copiesBuild ?? false,
    });
  }

  #stage(name: string): Draft | undefined {
    return this.stages.find((stage, index) => stage.name === name.toLowerCase() || String(index) === name);
  }

  /** `ARG` defaults stand for what the build passes; nobody in the repository says otherwise. */
  #arg(instruction: Env): void {
    for (const property of instruction.getProperties()) {
      const value = property.getUnescapedValue();
      if (value !== null) this.#args.set(property.getName(), unquoted(value));
    }
  }

  #copy(instruction: Copy, stage: Draft): void {
    const words = (execWords(instruction) ?? instruction.getArguments().map((it) => it.getValue())).map(
      (word) => this.#expand(word, stage),
    );
    const target = words.at(-1);
    const inside = target === undefined ? null : joinFolder(stage.folder, target);
    if (inside === null || typeof target !== 'string') return;
    const isIntoFolder = target.endsWith('/') || target === '.' || words.length > 2;
    const from = instruction
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue();
    for (const source of words.slice(0, -1)) {
      if (source === null) continue;
      if (from === undefined || from === null)
        this.#fromContext(source, inside, isIntoFolder, instruction, stage);
      else {
        const other = this.#stage(this.#expand(from, stage) ?? '');
        if (other) copyFromStage(other, source, inside, isIntoFolder, stage);
      }
    }
  }

  #fromContext(
    source: string,
    inside: string,
    isIntoFolder: boolean,
    instruction: Instruction,
    stage: Draft,
  ): void {
    if (/^(?:https?|git):|^<</.test(source)) return;
    const cleaned = joinFolder('.', source.replace(/^\/+/, '') || '.') ?? '.';
    const outside = join(this.#context, cleaned);
    const isGlob = /[*?[]/.test(cleaned);
    const isFolder = !isGlob && (cleaned === '.' || this.#input.hasFolder(outside));
    if (/(?:^|\/)\.build(?:\/|$)/.test(cleaned)) stage.copiesBuild = true;
    if (cleaned === '.' && !isKeptOut(this.#ignore, '.build/src/app.js')) stage.copiesBuild = true;
    if (isFolder) stage.folders.link(inside, outside);
    else if (isGlob || isIntoFolder) stage.folders.link(inside, parentOf(outside));
    else stage.folders.link(inside, outside);
    const instructionText = { text: instruction.getTextContent(), place: this.#placeOf(instruction) };
    for (const { path, inContext } of this.#envFiles) {
      const rest = isFolder ? within(cleaned, inContext) : null;
      const isNamed = isGlob ? micromatch.isMatch(inContext, cleaned, { dot: true }) : inContext === cleaned;
      if (rest === null && !isNamed) continue;
      const name = inContext.slice(inContext.lastIndexOf('/') + 1);
      const at = rest !== null ? `${inside}/${rest}` : isGlob || isIntoFolder ? `${inside}/${name}` : inside;
      stage.envFiles.set(at.replace(/^\/+/, '/'), { path, instruction: instructionText });
    }
  }

  #run(instruction: Instruction, stage: Draft): void {
    const text = shellTextOf(instruction);
    const place = this.#placeOf(instruction);
    const args = [...this.#args].map(([name, value]): [string, Setting] => [name, { value, place }]);
    const environment = new Map([...args, ...stage.environment]);
    const words = execWords(instruction as JSONInstruction);
    const start = { place, folder: stage.folder, environment };
    const world = worldOf(stage, this.#input.world);
    const leaves = words ? followWords(words, start, world) : follow({ ...start, text }, world);
    stage.runs.push(...leaves);
    for (const leaf of leaves) {
      // `RUN rm -f .env*` in the stage itself: what runs there finds no such file.
      const removed =
        /^rm\s+(.*)$/
          .exec(leaf.text)?.[1]
          ?.split(/\s+/)
          .filter((word) => !word.startsWith('-')) ?? [];
      for (const path of stage.envFiles.keys()) {
        const isGone = removed.some((word) => {
          const pattern = joinFolder(stage.folder, word);
          return pattern !== null && micromatch.isMatch(path, pattern, { dot: true });
        });
        if (isGone) stage.envFiles.delete(path);
      }
    }
  }

  #command(instruction: JSONInstruction): ImageCommand | null {
    const place = this.#placeOf(instruction);
    const words = execWords(instruction);
    if (words) return words.length === 0 ? null : { kind: 'words', words, place };
    return { kind: 'shell', text: shellTextOf(instruction), place };
  }

  #expand(text: string, stage: Draft | null): string | null {
    return expandVariables(
      text,
      (name) => stage?.environment.get(name)?.value ?? this.#args.get(name) ?? null,
    );
  }

  #placeOf(instruction: Instruction): Place {
    const { start, end } = instruction.getRange();
    return {
      path: this.#input.path,
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  }
}

function copyFromStage(
  other: Draft,
  source: string,
  inside: string,
  isIntoFolder: boolean,
  stage: Draft,
): void {
  const path = joinFolder('/', source.replace(/\*.*$/, ''));
  if (path === null) return;
  const [outside] = other.folders.outside(path);
  const looksLikeFile = /\.[\w-]+$/.test(path) && !path.endsWith('/.build');
  if (outside !== undefined) {
    if (looksLikeFile && isIntoFolder) stage.folders.link(inside, parentOf(outside));
    else stage.folders.link(inside, outside);
  }
  stage.runs.push(...other.runs.filter((leaf) => !stage.runs.includes(leaf)));
  stage.copiesBuild ||= other.copiesBuild;
  for (const [at, envFile] of other.envFiles) {
    const rest = within(path, at);
    if (rest !== null)
      stage.envFiles.set(rest === '' ? inside : `${inside}/${rest}`.replace(/^\/+/, '/'), envFile);
  }
}

/** The world as a container sees it: absolute folders are those the stage was filled with. */
export function worldOf(stage: Pick<Stage, 'folders'>, world: World): World {
  const candidates = (folder: string): readonly string[] =>
    folder.startsWith('/') ? stage.folders.outside(folder) : [folder];
  return {
    ...world,
    locate: (folder) => {
      const found = candidates(folder);
      return found.find((path) => world.packages.at(path) || world.script(path) !== null) ?? found[0] ?? null;
    },
  };
}

/** Where all that is copied is there: beside the Dockerfile, or at the root. */
function guessContext(instructions: readonly Instruction[], input: ImageInput): string {
  const own = parentOf(input.path);
  const sources = instructions
    .filter((it) => it.getKeyword() === 'COPY' || it.getKeyword() === 'ADD')
    .filter((it) => !(it as Copy).getFlags().some((flag) => flag.getName() === 'from'))
    .flatMap((it) =>
      (execWords(it as JSONInstruction) ?? it.getArguments().map((word) => word.getValue())).slice(0, -1),
    )
    .filter((source) => !/[*?[$]|^(?:https?|git):|^<<|^\.?\/?$/.test(source));
  const isThere = (context: string): number =>
    sources.filter((source) => {
      const path = join(context, joinFolder('.', source.replace(/^\/+/, '') || '.') ?? '.');
      return input.snapshot.file(path) !== undefined || input.hasFolder(path);
    }).length;
  return own !== '.' && isThere('.') > isThere(own) ? '.' : own;
}

/** The words of an exec form, `null` if it is a shell form. */
function execWords(instruction: JSONInstruction): readonly string[] | null {
  if (!('getOpeningBracket' in instruction) || instruction.getOpeningBracket() === null) return null;
  try {
    const words: unknown = JSON.parse(rawText(instruction));
    return Array.isArray(words) && words.every((word): word is string => typeof word === 'string')
      ? words
      : null;
  } catch {
    return null;
  }
}

function rawText(instruction: Instruction): string {
  return instruction.getRawArgumentsContent() ?? '';
}

/** Comment lines inside a continued instruction are no part of it; a here-document is its own script. */
function shellTextOf(instruction: Instruction): string {
  const raw = rawText(instruction);
  const heredoc = /^<<-?\s*["']?(\w+)["']?\s*\n([\s\S]*?)\n\1\s*$/.exec(raw);
  if (heredoc) return heredoc[2]!;
  return raw
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}

/** `path` seen from `folder`, `null` if it lies elsewhere. */
function within(folder: string, path: string): string | null {
  if (folder === '.' || folder === '/') return path.replace(/^\//, '');
  if (path === folder) return '';
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
}

function join(folder: string, path: string): string {
  return folder === '.' ? path : path === '.' ? folder : `${folder}/${path}`;
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at > 0 ? path.slice(0, at) : '.';
}
