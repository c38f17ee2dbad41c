import micromatch from 'micromatch';

/** Go's `filepath.Match` with `**`, as Docker has it: no braces, no extended globs, dots are nothing special. */
const LIKE_GO = { dot: true, nobrace: true, noextglob: true, nonegate: true } as const;

/**
 * Whether a `.dockerignore` keeps a path (from the build context) out of the build. Every pattern is anchored
 * at the context: `.env` says nothing of `apps/api/.env` (docs.docker.com/build/concepts/context, ".dockerignore
 * files"). The last pattern that matches the path or a folder above it decides.
 */
export function isKeptOut(text: string, path: string): boolean {
  const parts = path.split('/');
  const selfAndAbove = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  let isOut = false;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const isException = trimmed.startsWith('!');
    const pattern = cleaned(isException ? trimmed.slice(1).trim() : trimmed);
    if (pattern !== '' && selfAndAbove.some((it) => micromatch.isMatch(it, pattern, LIKE_GO)))
      isOut = !isException;
  }
  return isOut;
}

/** Without a leading `/` or `./` and a trailing `/`. */
function cleaned(pattern: string): string {
  return pattern
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
