import { builtInStage } from './compose.ts';
import { runImage } from './dockerfile.ts';
import { roleByName } from './role.ts';
import type { Source, Sources } from './source.ts';

export function isDockerfile(path: string): boolean {
  return (
    /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.[Dd]ockerfile$/.test(path) &&
    !path.endsWith('.dockerignore')
  );
}

/** What each image runs: the command of its last stage. */
export function dockerSources({ images, world }: Sources): readonly Source[] {
  return images.flatMap((image) => {
    const stage = image.stages.at(-1);
    const shown = stage?.cmd ?? stage?.entrypoint;
    if (!stage || !shown) return [];
    const file = image.path.slice(image.path.lastIndexOf('/') + 1);
    return [
      {
        source: 'dockerfile' as const,
        name: stage.name ? `stage ${stage.name}` : 'last stage',
        place: shown.place,
        role: roleByName([file.replace(/dockerfile/i, '')], {
          role: 'production',
          because: 'it is what the image runs',
        }),
        leaves: runImage(stage, world),
        built: builtInStage(stage, image),
      },
    ];
  });
}
