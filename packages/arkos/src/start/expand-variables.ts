/** `$NAME`, `${NAME}`, `${NAME:-x}`, `${NAME-x}`; `$$` is a dollar sign. */
const REFERENCE = /\$(?:\$|\{(\w+)(?::?-([^}]*))?\}|(\w+))/g;

/**
 * Text with variables filled in, as Dockerfiles and compose files write them; `null` if one of them is decided
 * elsewhere. A default stands only for a variable that nothing in the repository sets.
 */
export function expandVariables(text: string, lookUp: (name: string) => string | null): string | null {
  let isOpen = false;
  const filled = text.replaceAll(REFERENCE, (match, braced?: string, fallback?: string, bare?: string) => {
    if (match === '$$') return '$';
    const value = lookUp(braced ?? bare!) ?? fallback;
    if (value === undefined) isOpen = true;
    return value ?? '';
  });
  return isOpen ? null : filled;
}
