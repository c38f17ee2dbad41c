/** The key that reports on parts are sealed with; without one they have a checksum alone. */
export function reportKey(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env['BULWARK_REPORT_KEY'] || undefined;
}
