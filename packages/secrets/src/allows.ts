import { UserError, messageOf } from '@bulwark/model';

/**
 * What a secretlint configuration allows: literal texts, or regular expressions written as `/…/flags`.
 * @throws UserError for a pattern that is none.
 */
export function createAllows(patterns: readonly string[]): (secret: string) => boolean {
  const tests = patterns.map((pattern) => {
    const [, source, flags] = /^\/(.*)\/([a-z]*)$/s.exec(pattern) ?? [];
    if (source === undefined) return (secret: string) => secret.includes(pattern);
    const expression = compile(source, (flags ?? '').replaceAll(/[gy]/g, ''));
    return (secret: string) => expression.test(secret);
  });
  return (secret) => tests.some((test) => test(secret));
}

function compile(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw new UserError(`a pattern under "allows" is no regular expression: ${messageOf(error)}`);
  }
}
