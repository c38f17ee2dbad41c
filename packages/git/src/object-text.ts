/** A commit or annotated tag: its header lines and its message. */
export interface ObjectText {
  /** The last value of each header; `author`, `object`, `type`, … */
  readonly headers: ReadonlyMap<string, string>;
  /** As bytes; a commit's `encoding` header says which they are, UTF-8 if it says nothing. */
  readonly message: Uint8Array;
  /** Annotated tags that a merge commit carries within itself. */
  readonly mergedTags: readonly Uint8Array[];
}

const NEWLINE = 0x0a;
const BLANK = 0x20;

/**
 * Reads the bytes of a commit or tag (git-mktag(1), gitformat-signature(5)): lines `<name> <value>`, continued by
 * lines that begin with a blank; an empty line; the message.
 */
export function parseObjectText(bytes: Buffer): ObjectText {
  const headers = new Map<string, string>();
  const mergedTags: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length && bytes[at] !== NEWLINE) {
    const start = at;
    do at = endOfLine(bytes, at) + 1;
    while (bytes[at] === BLANK);
    const field = bytes.subarray(start, at - 1);
    const blank = field.indexOf(BLANK);
    const name = field.toString('latin1', 0, blank === -1 ? field.length : blank);
    const value = field.subarray(name.length + 1);
    headers.set(name, value.toString());
    if (name === 'mergetag') mergedTags.push(unfold(value));
  }
  return { headers, message: bytes.subarray(Math.min(at + 1, bytes.length)), mergedTags };
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end === -1 ? bytes.length : end;
}

/** The message of a tag whose text is folded into a header, a blank before each line. */
function unfold(value: Buffer): Uint8Array {
  const text = Buffer.from(value.toString('latin1').replaceAll('\n ', '\n'), 'latin1');
  return parseObjectText(text).message;
}

/** The date of an `author` or `tagger` header, `A U Thor <a@example.com> 1767322000 +0100`, in UTC. */
export function dateOf(header: string | undefined): string | null {
  const seconds = /> (\d{1,12}) [+-]\d{4}$/.exec(header ?? '')?.[1];
  return seconds === undefined ? null : new Date(Number(seconds) * 1000).toISOString();
}
