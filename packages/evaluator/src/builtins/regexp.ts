import { types } from 'node:util';
import type { Builtin, Call } from '../machine/builtin.ts';
import { toText, wordsOf } from '../machine/convert.ts';
import { getMember, setMember } from '../machine/members.ts';
import { prim } from '../machine/values.ts';
import type { Plain, Val } from '../machine/values.ts';
import { argument, method, table } from './define.ts';
import { execOn, regexpOf } from './regexp-run.ts';
import { matchArray } from './string.ts';

/** Runs `exec`, keeping `lastIndex` as the platform does. */
function exec(call: Call, use: (found: RegExpExecArray | null) => Val, unknown: (text: Plain) => Val): Val {
  const { machine, site } = call;
  return machine.eachOf([call.self, toText(machine, argument(call, 0), site)], ([self, text]) => {
    const pattern = regexpOf(self!);
    if (!pattern || text!.kind !== 'prim') return unknown(text!);
    const isSticky = /[gy]/.test(pattern.flags);
    const last = isSticky
      ? getMember(machine, self!, 'lastIndex', site)
      : prim(0, machine.realm.traceAt(site));
    if (last.kind !== 'prim') return unknown(text!);
    const result = execOn(machine, pattern, String(text!.value), (safe) => {
      safe.lastIndex = Number(last.value);
      const found = safe.exec(String(text!.value));
      return { found, lastIndex: safe.lastIndex };
    });
    if (!result) return unknown(text!);
    if (isSticky)
      setMember(machine, self!, 'lastIndex', prim(result.lastIndex, machine.realm.traceAt(site)), site, true);
    return use(result.found);
  });
}

export const REGEXP_PROTOTYPE = table([
  method('test', 1, (call) =>
    exec(
      call,
      (found) => prim(found !== null, call.machine.realm.traceAt(call.site)),
      (text) =>
        call.machine.symbols.derive(
          `${wordsOfPattern(call)}.test`,
          [text],
          { type: 'boolean', words: `${wordsOfPattern(call)}.test(${wordsOf(text)})` },
          call.machine.realm.traceAt(call.site),
        ),
    ),
  ),
  method('exec', 1, (call) =>
    exec(
      call,
      (found) => (found ? matchArray(call, found) : prim(null, call.machine.realm.traceAt(call.site))),
      (text) =>
        call.machine.symbols.derive(
          `${wordsOfPattern(call)}.exec`,
          [text],
          { type: 'any', words: `${wordsOfPattern(call)}.exec(${wordsOf(text)})` },
          call.machine.realm.traceAt(call.site),
        ),
    ),
  ),
  method('toString', 0, (call) => {
    const pattern = call.self.kind === 'ref' ? regexpOf(call.self) : null;
    return prim(
      pattern ? `/${pattern.source}/${pattern.flags}` : '/(?:)/',
      call.machine.realm.traceAt(call.site),
    );
  }),
]);

function wordsOfPattern({ self }: Call): string {
  const pattern = self.kind === 'ref' ? regexpOf(self) : null;
  return pattern ? `/${pattern.source}/${pattern.flags}` : 'a pattern';
}

function construct(call: Call): Val {
  const { machine, site } = call;
  return machine.eachOf([argument(call, 0), argument(call, 1)], ([source, flags]) => {
    const from = regexpOf(source!);
    const text = from
      ? from.source
      : source!.kind === 'prim'
        ? source!.value === undefined
          ? '(?:)'
          : String(source!.value)
        : null;
    const how =
      flags!.kind === 'prim'
        ? flags!.value === undefined
          ? (from?.flags ?? '')
          : String(flags!.value)
        : null;
    if (text === null || how === null)
      return machine.symbols.fresh(
        { words: 'a pattern', why: 'is a pattern made of something unknown', type: 'object', nullish: false },
        machine.realm.traceAt(site),
      );
    try {
      const made = new RegExp(text, how);
      return machine.realm.makeRegExp(made.source, made.flags, site);
    } catch (error) {
      return machine.throwError(
        'SyntaxError',
        types.isNativeError(error) ? error.message : 'Invalid regular expression',
        site,
      );
    }
  });
}

export const REGEXP: Builtin = { name: 'RegExp', length: 2, call: construct, construct, prototype: 'RegExp' };
