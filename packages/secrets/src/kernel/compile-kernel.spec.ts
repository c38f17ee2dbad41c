import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileKernel } from './compile-kernel.ts';

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

type Program = (a: number, b: number) => number;

const compile = (...files: string[]): Program => {
  const constants = new Map([['IMPORTED', 7]]);
  const wasm = compileKernel({ files, constants, imports: [], exports: ['main'], pages: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  return (exports as { main: Program }).main;
};

/** The same text as JavaScript; its values are integers of 32 bits, and truth is a number. */
const run = (text: string): Program => {
  const memory = new ArrayBuffer(65_536);
  const views = [new Uint8Array(memory), new Uint16Array(memory), new Int32Array(memory)];
  const program = new Function('u8', 'u16', 'i32', 'IMPORTED', `${text}; return main;`);
  const main = program(...views, 7) as Program;
  return (a, b) => Number(main(a, b)) | 0;
};

const PROGRAMS: readonly (readonly [string, string])[] = [
  [
    'arithmetic',
    'function main(a, b) { return ((a & 1023) * (b & 1023) - a) ^ (b >> 3) | (a >>> 20) << 2; }',
  ],
  [
    'comparisons',
    'function main(a, b) { return (a < b) + (a <= b) + (a > b) + (a >= b) + (a === b) + (a !== b); }',
  ],
  ['truth', 'function main(a, b) { return (a > 3 && b < 5) || !(a === b) ? 1 : a > b ? 2 : 3; }'],
  [
    'loops left and gone on with',
    `function main(a, b) {
      let sum = 0;
      for (let at = 0; at < 40; at += 1) {
        if (at === (a & 31)) continue;
        let inner = 0;
        while (true) {
          inner += 1;
          if (inner > (b & 7)) break;
          if ((inner & 1) === 0) continue;
          sum += inner;
        }
        if (sum > 900) break;
        sum += at;
      }
      return sum;
    }`,
  ],
  [
    'names of inner blocks',
    'function main(a, b) { let x = a & 255; if (b > 0) { let x = 5; x += b & 15; return x; } else { x -= 1; } return x; }',
  ],
  [
    'calls and constants',
    `const TWICE = IMPORTED * 2;
    function twice(x) { return x + x; }
    function main(a, b) { return twice(a & 4095) + twice(twice(b & 255)) + (TWICE | ~8) - -3; }`,
  ],
  [
    'memory',
    `const AT = 16;
    function main(a, b) {
      u8[AT + (a & 7)] = b;
      u16[AT + (a & 7)] = b;
      i32[AT + (a & 3)] = a;
      u16[3] += 9;
      return u8[AT + (b & 31)] + u16[AT + (b & 15)] + i32[AT + (b & 7)] + u8[1 + (a & 63)] + u16[3];
    }`,
  ],
];

describe('the compiler of the kernel', () => {
  test.each(PROGRAMS)('does as JavaScript does: %s', (_name, text) => {
    const [compiled, asWritten] = [compile(text), run(text)];
    fc.assert(
      fc.property(fc.oneof(fc.integer(), fc.nat(100)), fc.oneof(fc.integer(), fc.nat(100)), (a, b) => {
        expect(compiled(a, b)).toBe(asWritten(a, b));
      }),
    );
  });

  test.each([
    'function main(a, b) { return a / b; }',
    'function main(a, b) { return missing(a); }',
    'function main(a, b) { return c; }',
    'function main(a, b) { return [a]; }',
    'function main(a, b) { try { return a; } finally {} }',
    'function main(a, b) { return main(a); }',
    'class A {}',
    'const X = "text";',
  ])('turns down what the language does not hold: %s', (text) => {
    expect(() => compile(text)).toThrow('does not hold');
  });

  test('turns down one name for two constants', () => {
    expect(() => compile('const A = 1;', 'const A = 2;')).toThrow('declares A twice');
  });
});
