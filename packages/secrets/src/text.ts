/**
 * Bytes as the text an editor shows. What comes out is always UTF-8 without a byte order mark, so that
 * lines and columns, which do not depend on the encoding, can be counted on it.
 */

/** A file's text as UTF-8 bytes. Invalid UTF-8 and NUL bytes are kept as they are. */
export function toText(bytes: Uint8Array): Buffer {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = buffer[0];
  if (first === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return buffer.subarray(3);
  if (first === 0xff && buffer[1] === 0xfe) return fromUtf16(buffer.subarray(2), 'le');
  if (first === 0xfe && buffer[1] === 0xff) return fromUtf16(buffer.subarray(2), 'be');
  const order = guessUtf16(buffer);
  return order === null ? buffer : fromUtf16(buffer, order);
}

type ByteOrder = 'le' | 'be';

function fromUtf16(buffer: Buffer, order: ByteOrder): Buffer {
  const even = buffer.subarray(0, buffer.length & ~1);
  const little = order === 'le' ? even : Buffer.from(even).swap16();
  return Buffer.from(little.toString('utf16le'), 'utf8');
}

const SAMPLE = 4096;

/**
 * Text that is mostly ASCII has a NUL at every second byte in UTF-16. A file without a mark counts as UTF-16
 * when nine of ten pairs of its head are so, in one order, and no pair is 00 00.
 */
function guessUtf16(buffer: Buffer): ByteOrder | null {
  if (buffer.length < 4 || (buffer[0] !== 0 && buffer[1] !== 0)) return null;
  const pairs = Math.min(buffer.length, SAMPLE) >> 1;
  let little = 0;
  let big = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    const isLowZero = buffer[at] === 0;
    const isHighZero = buffer[at + 1] === 0;
    if (isLowZero && isHighZero) return null;
    if (isHighZero) little += 1;
    else if (isLowZero) big += 1;
  }
  if (little >= pairs * 0.9) return 'le';
  return big >= pairs * 0.9 ? 'be' : null;
}
