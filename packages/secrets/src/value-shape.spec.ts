import { describe, expect, test } from '@jest/globals';
import { ALNUM, ANY_HEX, BASE64_SIGN, DASH, DIGIT, EQUALS, UNDERSCORE } from './byte-class.ts';
import { UUID } from './build-detector.ts';
import { shapeOf } from './value-shape.ts';

describe('the shape of a value', () => {
  test.each([
    ['[0-9a-f]{32}', 32, ANY_HEX],
    ['[0-9A-Za-z]{24,64}', 24, ALNUM],
    ['[0-9A-Za-z+/_=-]{40}', 40, ALNUM | BASE64_SIGN | UNDERSCORE | EQUALS | DASH],
    [UUID, 36, ANY_HEX | DASH],
    [`(?:${UUID}|[0-9a-z]{32})`, 32, ALNUM | DASH],
    ['(?:key[0-9]{14}|[0-9]{17})', 17, (ALNUM & ~ANY_HEX) | ANY_HEX],
    ['[0-9]', 1, DIGIT],
  ])('of %s is at least %i long', (pattern, least, classes) => {
    expect(shapeOf(pattern).least).toBe(least);
    expect(shapeOf(pattern).classes & ~classes).toBe(0);
  });

  test.each(['a+', '[^a]', '(a)', 'a{2', '(?:a', '\\d'])('of %s is not guessed', (pattern) => {
    expect(() => shapeOf(pattern)).toThrow('not a pattern of a value');
  });
});
