/** How text is coloured, or left alone. */
export type Colors = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

/** What turns each on and off (ECMA-48, "Select Graphic Rendition"). */
const CODES = {
  blue: [34, 39],
  bold: [1, 22],
  cyan: [36, 39],
  dim: [2, 22],
  green: [32, 39],
  red: [31, 39],
  underline: [4, 24],
  yellow: [33, 39],
} as const;

/** Few as they are, they are written out here: a commit waits for what it prints, and a package would take a while. */
export function createColors(isColored: boolean): Colors {
  const named = Object.entries(CODES).map(([name, [on, off]]) => [
    name,
    isColored ? painter(`\u001B[${on}m`, `\u001B[${off}m`) : String,
  ]);
  return Object.fromEntries(named) as Colors;
}

/** Where something inside turns it off, it is turned on again; what turns off bold turns off dim as well. */
function painter(on: string, off: string): (text: string) => string {
  const again = off === '\u001B[22m' ? off + on : on;
  return (text) => `${on}${text.replaceAll(off, again)}${off}`;
}
