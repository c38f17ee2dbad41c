const UNITS = ['b', 'kb', 'mb', 'gb'] as const;

/** Bytes as the settings write them, `50mb`: in the largest unit that needs no fraction. */
export function sizeText(bytes: number): string {
  let [amount, unit] = [bytes, 0];
  while (amount >= 1024 && amount % 1024 === 0 && unit < UNITS.length - 1)
    [amount, unit] = [amount / 1024, unit + 1];
  return `${amount}${UNITS[unit]}`;
}
