import { decodePath, UserError } from '@bulwark/model';
import { isZeroId } from './raw-diff.ts';

/** One ref that a push sets, as git tells its pre-push hook. */
export interface RefUpdate {
  /** What was asked to be pushed; need not be a ref: `HEAD~1`, an object id, `(delete)`. */
  readonly localRef: string;
  /** `null` where the remote ref is deleted. */
  readonly localId: string | null;
  readonly remoteRef: string;
  /** What the remote had there; it may never have been fetched. `null` where the ref is new. */
  readonly remoteId: string | null;
}

/**
 * Reads the standard input of pre-push (githooks(5)): `<local ref> <local id> <remote ref> <remote id>\n`,
 * repeated. The first may hold blanks (`:/some message`), so a line is read from its end.
 * @throws UserError if it is something else.
 */
export function parseRefUpdates(stdin: Uint8Array): RefUpdate[] {
  const lines = decodePath(stdin)
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => {
    const found = /^(.*) ([0-9a-f]{40,64}) (\S+) ([0-9a-f]{40,64})$/.exec(line);
    if (found === null) {
      throw new UserError(
        'The lines on standard input are not those of a pre-push hook',
        'Hand the hook’s standard input on unchanged: `<local ref> <local id> <remote ref> <remote id>`.',
      );
    }
    const [, localRef = '', localId = '', remoteRef = '', remoteId = ''] = found;
    return { localRef, localId: idOrNull(localId), remoteRef, remoteId: idOrNull(remoteId) };
  });
}

function idOrNull(id: string): string | null {
  return isZeroId(id) ? null : id;
}
