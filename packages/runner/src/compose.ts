/** Where the parts are joined. */
import { createCheck } from '@bulwark/engine';
import type { CheckParts } from '@bulwark/engine';
import { createOpenSubject } from '@bulwark/git';
import type { Check } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import { createScanner } from '@bulwark/secrets';
import type { Io } from './io.ts';
import { version } from './version.ts';

/** The parts every check is made of. */
export function checkParts({ env }: Pick<Io, 'env'>): CheckParts {
  return {
    version,
    rules,
    openSubject: createOpenSubject({ env }),
    createScanner: ({ maxFileSize }) => createScanner({ maxFileSize }),
    now: () => new Date(),
  };
}

export function composeCheck(io: Pick<Io, 'env'>): Check {
  return createCheck(checkParts(io));
}
