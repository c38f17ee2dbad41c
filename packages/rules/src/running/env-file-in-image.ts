import { defineRule, notApplicable, pass, violation } from '@bulwark/model';
import type { ImageCopy, ModeFacts } from '@bulwark/model';
import { startOf } from '../gathered.ts';
import { listed } from '../routes/describe.ts';

interface Input {
  /** Whether the repository builds an image of the app at all. */
  readonly hasImage: boolean;
  readonly copies: readonly ImageCopy[];
  readonly filesWin: boolean;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'env-file-in-image',
  title: 'No Docker build copies env files into an image',
  why: 'An env file in an image goes wherever the image goes, and since 1.2 Arkos lets it win over the variables the container is started with.',
  severity: 'warn',
  messages: {
    copied: ({ text, files, count, consequence, dockerignore }) =>
      `${text} takes ${files} along into the image ${count === 1 ? 'if it is there' : 'if they are there'}${consequence}; add **/.env and **/.env.* to ${dockerignore}`,
  },
  select: (facts) => {
    const { imageCopies } = startOf(facts);
    return {
      hasImage: imageCopies.length > 0 || hasDockerfile(facts),
      copies: imageCopies.filter(
        ({ reachesFinalStage, envFiles }) => reachesFinalStage && envFiles.length > 0,
      ),
      filesWin: facts.environment.filesWin,
    };
  },
  check({ hasImage, copies, filesWin }) {
    if (!hasImage) return notApplicable('the repository builds no image of it');
    if (copies.length === 0) return pass('no env file reaches the image');
    return copies.map(({ text, place, envFiles, dockerignore }) =>
      violation(
        'copied',
        {
          text,
          files: listed(envFiles),
          count: envFiles.length,
          consequence: filesWin ? ', and there they beat the variables of the container' : '',
          dockerignore: dockerignore ?? 'a .dockerignore in the build context',
        },
        { key: `${place.path} ${text}`, place },
      ),
    );
  },
});

function hasDockerfile(facts: ModeFacts): boolean {
  return startOf(facts).commands.some(({ source }) => source === 'dockerfile');
}
