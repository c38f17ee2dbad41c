import { createRequire } from 'node:module';
import type picocolors from 'picocolors';

/** How text is coloured, or left alone. */
export type Colors = Pick<
  ReturnType<typeof picocolors.createColors>,
  'blue' | 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'underline' | 'yellow'
>;

const PLAIN: Colors = {
  blue: String,
  bold: String,
  cyan: String,
  dim: String,
  green: String,
  red: String,
  underline: String,
  yellow: String,
};

/** Plain text loads no package: a commit waits for what it prints. */
export function createColors(isColored: boolean): Colors {
  if (!isColored) return PLAIN;
  const { createColors: create } = createRequire(import.meta.url)('picocolors') as typeof picocolors;
  return create(true);
}
