import { expect } from '@jest/globals';
import type { Subject } from '@bulwark/model';
import * as fc from 'fast-check';
import { describeSubject } from './describe-subject.ts';
import { closeSubjects, open } from './open.ts';
import { temporaryRepository, type TemporaryRepository } from './temporary-repository.ts';

export interface Reading {
  /** What may be done to a repository between two looks at it. */
  readonly step: fc.Arbitrary<(repository: TemporaryRepository) => void>;
  /** Opens the index without asking git; `null` leaves it to git. */
  openIt(repository: TemporaryRepository): Promise<Subject | null>;
  /** Before the repository goes. */
  release?(): void;
}

/** After every step an index is what git says it is, or is left to git: in version 4 and with conflicts, and only then. */
export async function expectWhatGitSays({ step, openIt, release }: Reading, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('2', '3', '4'),
      async (steps, version) => {
        const repository = temporaryRepository();
        repository.git('config', 'index.version', version);
        repository.write('root', 'root\n');
        repository.git('add', 'root');
        repository.git('commit', '-q', '-m', 'root');
        try {
          for (const take of steps) {
            take(repository);
            const opened = await openIt(repository);
            if (opened === null) {
              const conflicts = repository.git('ls-files', '--unmerged');
              expect(version === '4' || conflicts !== '').toBe(true);
              continue;
            }
            expect(await describeSubject(opened)).toEqual(await describeSubject(await open(repository.dir)));
          }
        } finally {
          await closeSubjects();
          release?.();
          repository.remove();
        }
      },
    ),
    { numRuns },
  );
}
