import type { Builtin, Call } from '../machine/builtin.ts';
import { compute, toText, wordsOf } from '../machine/convert.ts';
import { prim } from '../machine/values.ts';
import type { Plain, Primitive, Val } from '../machine/values.ts';
import { argument, method, pureMethod, table } from './define.ts';
import { execOn, matchAllOf, regexpOf } from './regexp-run.ts';

type Text = (text: string, args: readonly Primitive[]) => Primitive;

/** The text a method works on: `this`, which may not be `undefined` or `null`. */
function textOf(self: Primitive, name: string): string {
  if (self === undefined || self === null)
    throw new TypeError(`String.prototype.${name} called on null or undefined`);
  return String(self);
}

function onText(
  name: string,
  length: number,
  type: 'string' | 'number' | 'boolean' | 'any',
  apply: Text,
): Builtin {
  return pureMethod(name, length, type, (self, args) => apply(textOf(self, name), args), 'string');
}

/** The platform's own methods that take and give primitives. */
const PLAIN: readonly [keyof string & string, number, 'string' | 'number' | 'boolean' | 'any'][] = [
  ['at', 1, 'any'],
  ['charAt', 1, 'string'],
  ['charCodeAt', 1, 'number'],
  ['codePointAt', 1, 'any'],
  ['concat', 1, 'string'],
  ['endsWith', 1, 'boolean'],
  ['includes', 1, 'boolean'],
  ['indexOf', 1, 'number'],
  ['lastIndexOf', 1, 'number'],
  ['normalize', 0, 'string'],
  ['slice', 2, 'string'],
  ['startsWith', 1, 'boolean'],
  ['substr', 2, 'string'],
  ['substring', 2, 'string'],
  ['toLowerCase', 0, 'string'],
  ['toUpperCase', 0, 'string'],
  ['toString', 0, 'string'],
  ['trim', 0, 'string'],
  ['trimEnd', 0, 'string'],
  ['trimStart', 0, 'string'],
  ['valueOf', 0, 'string'],
];

const plain = PLAIN.map(([name, length, type]) =>
  onText(name, length, type, (text, args) => {
    const own = String.prototype[name as 'slice'] as unknown as (...all: Primitive[]) => Primitive;
    return own.apply(text, [...args]);
  }),
);

/** Repeats and pads are refused past a size before they are made. */
const MAX_MADE = 200_000;

function sized(name: 'repeat' | 'padStart' | 'padEnd'): Builtin {
  return onText(name, name === 'repeat' ? 1 : 2, 'string', (text, [count, fill]) => {
    const size = Number(count) * (name === 'repeat' ? text.length : 1);
    if (size > MAX_MADE) throw new RangeError(`Invalid string length`);
    if (name === 'repeat') return text.repeat(count as number);
    return fill === undefined ? text[name](count as number) : text[name](count as number, String(fill));
  });
}

function unknownList(call: Call, leaf: Plain, name: string): Val {
  return call.machine.symbols.derive(
    `.${name}`,
    [leaf, ...call.args.filter((arg) => arg.kind === 'prim' || arg.kind === 'sym')],
    { type: 'array', nullish: false, words: `${wordsOf(leaf)}.${name}()` },
    call.machine.realm.traceAt(call.site),
  );
}

function texts(call: Call, list: readonly (string | undefined)[]): Val {
  const trace = call.machine.realm.traceAt(call.site);
  return call.machine.heap.array(
    list.map((text) => prim(text, trace)),
    trace,
  );
}

const split = method('split', 2, (call) => {
  const { machine, site } = call;
  return machine.eachOf([call.self, argument(call, 0), argument(call, 1)], ([self, separator, limit]) => {
    if (self!.kind === 'prim' && (self!.value === undefined || self!.value === null))
      return machine.throwError('TypeError', 'String.prototype.split called on null or undefined', site);
    const pattern = regexpOf(separator!);
    return machine.eachPlain(toText(machine, self!, site), (text) => {
      if (text.kind !== 'prim' || limit!.kind !== 'prim') return unknownList(call, text, 'split');
      const most = limit!.value === undefined ? undefined : Number(limit!.value);
      if (pattern) {
        const found = execOn(machine, pattern, String(text.value), (safe) =>
          String(text.value).split(safe, most),
        );
        return found ? texts(call, found) : unknownList(call, text, 'split');
      }
      if (separator!.kind === 'prim' && separator!.value === undefined)
        return texts(call, most === 0 ? [] : [String(text.value)]);
      return machine.eachPlain(toText(machine, separator!, site), (by) =>
        by.kind === 'prim'
          ? texts(call, String(text.value).split(String(by.value), most))
          : unknownList(call, text, 'split'),
      );
    });
  });
});

function replacer(name: 'replace' | 'replaceAll'): Builtin {
  return method(name, 2, (call) => {
    const { machine, site } = call;
    return machine.eachOf([call.self, argument(call, 0), argument(call, 1)], ([self, search, by]) => {
      const isFunction = by!.kind === 'ref' && by!.obj.code !== null;
      return machine.eachOf(
        [
          toText(machine, self!, site),
          regexpOf(search!) ? search! : toText(machine, search!, site),
          isFunction ? by! : toText(machine, by!, site),
        ],
        (leaves) => replaceIn(call, name, leaves),
      );
    });
  });
}

function replaceIn(call: Call, name: 'replace' | 'replaceAll', [text, search, by]: readonly Plain[]): Val {
  const { machine, site } = call;
  const unknown = (): Val => {
    if (by!.kind === 'ref') machine.realm.escape(by!, site, 'was given to replace()');
    const inputs = [text!, search!, by!].filter((leaf) => leaf.kind !== 'ref');
    return machine.symbols.derive(
      `.${name}`,
      inputs,
      { type: 'string', nullish: false, words: `${wordsOf(text!)}.${name}(...)` },
      machine.realm.traceAt(site),
    );
  };
  if (text!.kind !== 'prim' || search!.kind === 'sym' || by!.kind === 'sym') return unknown();
  const pattern = regexpOf(search!);
  if (pattern && name === 'replaceAll' && !pattern.flags.includes('g'))
    return machine.throwError('TypeError', 'replaceAll must be called with a global RegExp', site);
  const subject = String(text!.value);
  if (by!.kind === 'prim') {
    const replacement = String(by!.value);
    if (!pattern)
      return compute(machine, site, () =>
        subject[name](String((search as { value: Primitive }).value), replacement),
      );
    const done = execOn(machine, pattern, subject, (safe) => subject.replace(safe, replacement));
    return done === null ? unknown() : compute(machine, site, () => done);
  }
  const matches = pattern
    ? execOn(machine, pattern, subject, (safe) => matchesOf(subject, safe))
    : plainMatches(subject, String((search as { value: Primitive }).value), name === 'replaceAll');
  if (!matches) return unknown();
  return spliceMatches(call, subject, matches, by!);
}

interface Match {
  readonly args: readonly Primitive[];
  readonly start: number;
  readonly end: number;
}

function matchesOf(subject: string, pattern: RegExp): Match[] {
  const matches: Match[] = [];
  subject.replace(pattern, (...all: unknown[]) => {
    const args = all.filter((arg) => typeof arg !== 'object') as Primitive[];
    const start = args.findLast((arg) => typeof arg === 'number') as number;
    matches.push({ args, start, end: start + String(args[0]).length });
    return '';
  });
  return matches;
}

function plainMatches(subject: string, search: string, isAll: boolean): Match[] {
  const matches: Match[] = [];
  for (let at = subject.indexOf(search); at !== -1 && at <= subject.length;) {
    matches.push({ args: [search, at, subject], start: at, end: at + search.length });
    if (!isAll) break;
    const next = at + Math.max(1, search.length);
    at = next > subject.length ? -1 : subject.indexOf(search, next);
  }
  return matches;
}

function spliceMatches(call: Call, subject: string, matches: readonly Match[], by: Plain): Val {
  const { machine, site } = call;
  const trace = machine.realm.traceAt(site);
  const parts = matches.map(({ args }) =>
    toText(
      machine,
      machine.call(
        by,
        prim(undefined, trace),
        args.map((arg) => prim(arg, trace)),
        site,
      ),
      site,
    ),
  );
  return machine.eachOf(parts, (leaves) => {
    if (leaves.some((leaf) => leaf.kind !== 'prim'))
      return machine.symbols.derive(
        '.replace',
        leaves,
        { type: 'string', nullish: false, words: 'a text with replacements' },
        trace,
      );
    let text = '';
    let from = 0;
    for (const [index, { start, end }] of matches.entries()) {
      text += subject.slice(from, start) + String((leaves[index] as { value: Primitive }).value);
      from = end;
    }
    return compute(machine, site, () => text + subject.slice(from));
  });
}

const match = method('match', 1, (call) => {
  const { machine, site } = call;
  return machine.eachOf([toText(machine, call.self, site), argument(call, 0)], ([text, by]) => {
    const pattern =
      regexpOf(by!) ??
      (by!.kind === 'prim' && typeof by!.value === 'string' ? { source: by!.value, flags: '' } : null);
    if (text!.kind !== 'prim' || !pattern) return unknownMatch(call, text!);
    const found = execOn(machine, pattern, String(text!.value), (safe) => ({
      match: String(text!.value).match(safe),
    }));
    if (!found) return unknownMatch(call, text!);
    return found.match ? matchArray(call, found.match) : prim(null, machine.realm.traceAt(site));
  });
});

function unknownMatch(call: Call, text: Plain): Val {
  return call.machine.symbols.derive(
    '.match',
    [text],
    { type: 'any', words: `${wordsOf(text)}.match(...)` },
    call.machine.realm.traceAt(call.site),
  );
}

/** What a match gives: an array with `index`, `input` and `groups`. */
export function matchArray(call: Call, found: RegExpMatchArray): Val {
  const { machine, site } = call;
  const trace = machine.realm.traceAt(site);
  const list = machine.heap.array(
    [...found].map((text: string | undefined) => prim(text, trace)),
    trace,
  );
  if (found.index !== undefined) {
    machine.heap.define(list.obj, 'index', prim(found.index, trace));
    machine.heap.define(list.obj, 'input', prim(found.input, trace));
    let groups: Val = prim(undefined, trace);
    if (found.groups) {
      const object = machine.heap.object(trace);
      object.obj.proto = null;
      for (const [name, text] of Object.entries(found.groups))
        machine.heap.define(object.obj, name, prim(text, trace));
      groups = object;
    }
    machine.heap.define(list.obj, 'groups', groups);
  }
  return list;
}

const matchAll = method('matchAll', 1, (call) => {
  const { machine, site } = call;
  const trace = machine.realm.traceAt(site);
  return machine.eachOf([toText(machine, call.self, site), argument(call, 0)], ([text, by]) => {
    const pattern = regexpOf(by!);
    const found =
      text!.kind === 'prim' && pattern
        ? execOn(machine, pattern, String(text!.value), (safe) => matchAllOf(String(text!.value), safe))
        : null;
    if (!found) return unknownList(call, text!, 'matchAll');
    const made = machine.heap.make('Iterator', machine.realm.prototype('Object'));
    made.slots.queue = {
      items: { kind: 'items', list: found.map((one) => matchArray(call, one)), rest: null },
      at: 0,
    };
    return { kind: 'ref', obj: made, trace };
  });
});

const search = method('search', 1, (call) => {
  const { machine, site } = call;
  return machine.eachOf([toText(machine, call.self, site), argument(call, 0)], ([text, by]) => {
    const pattern = regexpOf(by!);
    const found =
      text!.kind === 'prim' && pattern
        ? execOn(machine, pattern, String(text!.value), (safe) => String(text!.value).search(safe))
        : null;
    if (found === null)
      return machine.symbols.derive(
        '.search',
        [text!],
        { type: 'number', words: `${wordsOf(text!)}.search(...)` },
        machine.realm.traceAt(site),
      );
    return prim(found, machine.realm.traceAt(site));
  });
});

const localeCompare = method('localeCompare', 1, (call) =>
  call.machine.symbols.fresh(
    { words: 'localeCompare()', why: 'depends on the locale', type: 'number', nullish: false },
    call.machine.realm.traceAt(call.site),
  ),
);

export const STRING_PROTOTYPE = table([
  ...plain,
  sized('repeat'),
  sized('padStart'),
  sized('padEnd'),
  split,
  replacer('replace'),
  replacer('replaceAll'),
  match,
  matchAll,
  search,
  localeCompare,
  { ...onText('toLocaleLowerCase', 0, 'string', (text) => text.toLowerCase()) },
  { ...onText('toLocaleUpperCase', 0, 'string', (text) => text.toUpperCase()) },
]);
