/**
 * A form of a secret that is safe to print: the first characters of a long one, so that its owner can tell
 * which it is, and stars whose number says nothing about the length. Control characters never pass.
 */
export function maskSecret(secret: string): string {
  const shown = secret.length >= 20 ? 4 : 0;
  return `${secret.slice(0, shown).replaceAll(/[^\x21-\x7e]/g, '?')}********`;
}
