import type { Image } from './dockerfile.ts';
import type { ImageCopy } from '@bulwark/model';

/**
 * Instructions that would take env files of an app into an image: the build context of whoever builds has
 * them, whether or not the repository does (FACTS §9 traps 9 and 22).
 *
 * @param paths env files the app's version reads in production, from the snapshot's root
 */
export function imageCopies(images: readonly Image[], paths: ReadonlySet<string>): readonly ImageCopy[] {
  return images.flatMap((image) => {
    const final = image.stages.at(-1);
    const found = new Map<string, { readonly copy: ImageCopy; readonly files: Set<string> }>();
    for (const stage of image.stages) {
      for (const { path, instruction } of stage.envFiles.values()) {
        if (!paths.has(path)) continue;
        const { line, column } = instruction.place;
        const key = `${line}:${column}`;
        const reachesFinalStage = [...(final?.envFiles.values() ?? [])].some(
          (it) => it.instruction === instruction,
        );
        const entry = found.get(key) ?? {
          copy: { ...instruction, reachesFinalStage, envFiles: [], dockerignore: image.dockerignore },
          files: new Set<string>(),
        };
        entry.files.add(path);
        found.set(key, entry);
      }
    }
    return [...found.values()].map(({ copy, files }) => ({ ...copy, envFiles: [...files].toSorted() }));
  });
}
