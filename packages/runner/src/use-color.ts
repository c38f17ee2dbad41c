/**
 * Whether to colour: `--color` first, then FORCE_COLOR (`0` and `false` say no), then NO_COLOR (any text says
 * no; https://no-color.org), then a terminal that is neither dumb nor that of CI, whose logs keep the escapes.
 */
export function usesColor(
  when: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (when === 'always' || when === 'never') return when === 'always';
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isLively(env, isTerminal);
}

/** Whether somebody looks at a terminal that takes more than lines of plain text. */
export function isLively(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  return isTerminal && env['TERM'] !== 'dumb' && (env['CI'] ?? '') === '';
}
