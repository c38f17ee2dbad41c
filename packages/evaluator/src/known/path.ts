/** `node:path`, POSIX: pure on text. What rests on the working folder is unknown. */
import { posix } from 'node:path';
import { lift } from '../machine/convert.ts';
import type { Builtin } from '../machine/builtin.ts';
import type { Primitive, SymType } from '../machine/values.ts';
import { method, table } from '../builtins/define.ts';

type Name = 'join' | 'basename' | 'dirname' | 'extname' | 'normalize' | 'isAbsolute' | 'resolve' | 'relative';

function pathFunction(name: Name, length: number, type: SymType = 'string'): Builtin {
  return method(name, length, (call) => {
    const { machine, site } = call;
    return machine.eachOf(call.args, (leaves) => {
      const texts = leaves.map((leaf) => (leaf.kind === 'prim' ? leaf.value : null));
      if (needsFolder(name, texts)) {
        return machine.symbols.fresh(
          { words: `path.${name}()`, why: 'depends on the working folder', type, nullish: false },
          machine.realm.traceAt(site),
        );
      }
      return lift(machine, leaves, site, {
        name: `path.${name}`,
        type,
        words: (inputs) => `path.${name}(${inputs.join(', ')})`,
        apply: (values: readonly Primitive[]) =>
          (posix[name] as (...all: Primitive[]) => Primitive)(...values),
      });
    });
  });
}

function needsFolder(name: Name, texts: readonly Primitive[]): boolean {
  if (name === 'relative') return texts.some((text) => typeof text === 'string' && !text.startsWith('/'));
  return name === 'resolve' && !texts.some((text) => typeof text === 'string' && text.startsWith('/'));
}

export const PATH = {
  members: table([
    pathFunction('join', 2),
    pathFunction('basename', 2),
    pathFunction('dirname', 1),
    pathFunction('extname', 1),
    pathFunction('normalize', 1),
    pathFunction('isAbsolute', 1, 'boolean'),
    pathFunction('resolve', 2),
    pathFunction('relative', 2),
  ]),
  constants: { sep: '/', delimiter: ':' },
};
