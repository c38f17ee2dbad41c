import type { EnvFileInImage, Image } from './dockerfile.ts';
import type { ImageCopy } from '@bulwark/model';

/**
 * Instructions that would take env files of an app into an image, by env file: the build context of whoever
 * builds has them, whether or not the repository does (FACTS §9 traps 9 and 22).
 */
export function copiesByEnvFile(images: readonly Image[]): ReadonlyMap<string, readonly ImageCopy[]> {
  const byFile = new Map<string, ImageCopy[]>();
  for (const image of images) {
    const reaching = new Set<Instruction>();
    for (const { instruction } of image.stages.at(-1)?.envFiles.values() ?? []) reaching.add(instruction);
    const seen = new Set<string>();
    for (const stage of image.stages) {
      for (const { path, instruction } of stage.envFiles.values()) {
        const key = `${instruction.place.line}:${instruction.place.column} ${path}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const copy: ImageCopy = {
          ...instruction,
          reachesFinalStage: reaching.has(instruction),
          envFiles: [path],
          dockerignore: image.dockerignore,
        };
        byFile.set(path, [...(byFile.get(path) ?? []), copy]);
      }
    }
  }
  return byFile;
}

type Instruction = EnvFileInImage['instruction'];

/** The copies of these env files, those of one instruction as one. */
export function imageCopies(
  byFile: ReadonlyMap<string, readonly ImageCopy[]>,
  paths: Iterable<string>,
): readonly ImageCopy[] {
  const byPlace = new Map<string, ImageCopy>();
  for (const path of [...paths].toSorted()) {
    for (const copy of byFile.get(path) ?? []) {
      const key = `${copy.place.path}:${copy.place.line}:${copy.place.column}`;
      const before = byPlace.get(key);
      byPlace.set(key, before ? { ...before, envFiles: [...before.envFiles, path] } : copy);
    }
  }
  return [...byPlace.values()];
}
