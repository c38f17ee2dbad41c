import type { Command } from '../command.ts';
import { audit } from './audit.ts';
import { commitMsg } from './commit-msg.ts';
import { doctor } from './doctor.ts';
import { config } from './config.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { lint } from './lint.ts';
import { preCommit, preMergeCommit } from './pre-commit.ts';
import { prePush } from './pre-push.ts';
import { routes } from './routes.ts';
import { uninstall } from './uninstall.ts';

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  audit,
  lint,
  routes,
  config,
  explain,
  init,
  doctor,
  uninstall,
  preCommit,
  preMergeCommit,
  commitMsg,
  prePush,
];
