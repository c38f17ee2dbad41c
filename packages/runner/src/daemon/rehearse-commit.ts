import { HANDED_ON } from '@bulwark/daemon';
import type { Ask } from '@bulwark/daemon';

/**
 * The question that the next commit in a work tree will ask, as its hook will: what is opened for it, is open then.
 * @param topLevel absolute @param env of the hook that started the daemon, or of a shell
 */
export function rehearseCommit(topLevel: string, env: NodeJS.ProcessEnv): Ask {
  // The index of that one commit may be gone.
  const names = HANDED_ON.filter((name) => name !== 'GIT_INDEX_FILE');
  const handedOn = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return {
    words: ['hook', 'pre-commit'],
    cwd: topLevel,
    env: Object.fromEntries(handedOn),
    stdin: new Uint8Array(),
    isTerminal: false,
  };
}
