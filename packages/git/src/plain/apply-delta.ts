/**
 * What a delta makes of its base (gitformat-pack(5), "Deltified representation"): size of the base, size of the result,
 * then steps. A step with its highest bit set copies a piece of the base, one without appends what follows it.
 * @param most bytes of a result @returns null where that is more, or something does not fit.
 */
export function applyDelta(base: Buffer, delta: Buffer, most: number): Buffer | null {
  let at = 0;
  const readSize = (): number => {
    let size = 0;
    for (let shift = 0; at < delta.length; shift += 7) {
      const byte = delta[at++]!;
      size += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) break;
    }
    return size;
  };
  if (readSize() !== base.length) return null;
  const size = readSize();
  if (size > most) return null;
  const made = Buffer.alloc(size);
  let filled = 0;
  /** Of four (or three) bytes, little-endian, those that a bit is set for. */
  const readSome = (step: number, bits: readonly number[]): number =>
    bits.reduce((sum, bit, place) => (step & bit ? sum + (delta[at++] ?? 0) * 2 ** (8 * place) : sum), 0);
  while (at < delta.length) {
    const step = delta[at++]!;
    if (step & 0x80) {
      const offset = readSome(step, [1, 2, 4, 8]);
      const length = readSome(step, [16, 32, 64]) || 0x10000;
      if (offset + length > base.length || filled + length > size) return null;
      filled += base.copy(made, filled, offset, offset + length);
    } else {
      if (step === 0 || at + step > delta.length || filled + step > size) return null;
      filled += delta.copy(made, filled, at, at + step);
      at += step;
    }
  }
  return filled === size ? made : null;
}
