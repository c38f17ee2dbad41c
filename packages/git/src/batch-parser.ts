/** One object's answer from `git cat-file`. */
export type BatchAnswer =
  | {
      readonly kind: 'object';
      readonly id: string;
      readonly type: string;
      readonly size: number;
      readonly bytes: Buffer;
    }
  | { readonly kind: 'missing'; readonly request: string };

const NEWLINE = 0x0a;

/**
 * Reads what `git cat-file` prints in its batch modes, cut at any place (git-cat-file(1), "BATCH OUTPUT"):
 * `<id> <type> <size>\n<bytes>\n`, or the first line alone where only that was asked, or `<request> missing\n`.
 * @param hasBody whether bytes follow the line that has just come; asked once for each answer.
 * @returns a function that takes the next piece. A body that lies whole in a piece is not copied.
 */
export function createBatchParser(
  hasBody: () => boolean,
  onAnswer: (answer: BatchAnswer) => void,
): (piece: Buffer) => void {
  let header = '';
  let current: { id: string; type: string; size: number } | null = null;
  let body: Buffer | null = null;
  let filled = 0;

  return function push(piece) {
    let at = 0;
    while (at < piece.length) {
      if (current === null) {
        at = takeHeader(piece, at);
      } else if (filled < current.size) {
        at = takeBody(piece, at, current.size);
      } else {
        // The newline after the body.
        at += 1;
        finish(body ?? Buffer.alloc(0));
      }
    }
  };

  function takeHeader(piece: Buffer, at: number): number {
    const end = piece.indexOf(NEWLINE, at);
    if (end === -1) {
      header += piece.toString('latin1', at);
      return piece.length;
    }
    const line = header + piece.toString('latin1', at, end);
    header = '';
    const [id, type, size] = line.split(' ');
    if (id === undefined || type === undefined || size === undefined) {
      onAnswer({ kind: 'missing', request: id ?? '' });
    } else {
      current = { id, type, size: Number(size) };
      if (!hasBody()) finish(Buffer.alloc(0));
    }
    return end + 1;
  }

  function takeBody(piece: Buffer, at: number, size: number): number {
    const wanted = size - filled;
    const end = Math.min(at + wanted, piece.length);
    if (filled === 0 && end - at === size) {
      body = piece.subarray(at, end);
    } else {
      body ??= Buffer.allocUnsafeSlow(size);
      piece.copy(body, filled, at, end);
    }
    filled += end - at;
    return end;
  }

  function finish(bytes: Buffer): void {
    const answered = current!;
    current = null;
    body = null;
    filled = 0;
    onAnswer({ kind: 'object', ...answered, bytes });
  }
}
