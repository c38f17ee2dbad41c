import { startOf } from '@bulwark/model';
import type { ImageCopy } from '@bulwark/model';
import { command, testFacts } from '../../test/made-facts.ts';
import rule from './env-file-in-image.ts';

const copy = (more: Partial<ImageCopy> = {}): ImageCopy => ({
  text: 'COPY . .',
  place: startOf('Dockerfile'),
  reachesFinalStage: true,
  envFiles: ['.env', '.env.production'],
  dockerignore: null,
  ...more,
});
const copies = (...imageCopies: ImageCopy[]): { start: { imageCopies: ImageCopy[] } } => ({
  start: { imageCopies },
});

testFacts(rule, {
  passes: [
    {
      name: 'an image that copies none',
      facts: { start: { commands: [command('arkos start')] } },
      says: /no env file reaches/,
    },
    { name: 'left behind in a build stage', facts: copies(copy({ reachesFinalStage: false })) },
  ],
  notApplicable: [
    { name: 'no image', facts: { start: { commands: [command('arkos start', { source: 'procfile' })] } } },
  ],
  fails: [
    {
      name: 'COPY . . without a .dockerignore (FACTS §9 traps 9, 22)',
      facts: copies(copy()),
      messages: ['copied'],
      says: /COPY \. \. takes \.env and \.env\.production along into the image if they are there, and there they beat the variables of the container; add .* to a \.dockerignore/,
    },
    {
      name: 'in 1.0 the environment wins (FACTS §1.6)',
      facts: {
        generation: '1.0',
        environment: { filesWin: false },
        ...copies(copy({ dockerignore: '.dockerignore' })),
      },
      messages: ['copied'],
      says: /into the image if they are there; add .* to \.dockerignore/,
    },
    {
      name: 'two instructions',
      facts: copies(copy(), copy({ text: 'COPY .env ./' })),
      messages: ['copied', 'copied'],
    },
  ],
  undecided: [],
});
