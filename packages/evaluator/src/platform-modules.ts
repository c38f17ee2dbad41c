/** Modules that are not in the snapshot but whose behaviour is known. */
import type { Builtin, Site } from './machine/builtin.ts';
import type { Machine } from './machine/machine.ts';
import { prim, ref } from './machine/values.ts';
import type { Primitive, Val } from './machine/values.ts';
import { written } from './source/trace.ts';
import { DEEPMERGE } from './known/deepmerge.ts';
import { DEFU } from './known/defu.ts';
import { LODASH_MERGE } from './known/lodash-merge.ts';
import { PATH } from './known/path.ts';

interface KnownModule {
  readonly members: ReadonlyMap<string, Builtin>;
  readonly constants: Readonly<Record<string, Primitive>>;
}

/** Modules of which single names are known; the others are as unknown as any package's. */
const PARTLY: ReadonlyMap<string, ReadonlyMap<string, Builtin>> = new Map([
  [
    'defu',
    new Map([
      ['default', DEFU],
      ['defu', DEFU],
    ]),
  ],
  [
    'deepmerge',
    new Map([
      ['default', DEEPMERGE],
      ['*', DEEPMERGE],
    ]),
  ],
  [
    'lodash/merge',
    new Map([
      ['default', LODASH_MERGE],
      ['*', LODASH_MERGE],
    ]),
  ],
  [
    'lodash/merge.js',
    new Map([
      ['default', LODASH_MERGE],
      ['*', LODASH_MERGE],
    ]),
  ],
  [
    'lodash.merge',
    new Map([
      ['default', LODASH_MERGE],
      ['*', LODASH_MERGE],
    ]),
  ],
  ['lodash-es/merge', new Map([['default', LODASH_MERGE]])],
  ['lodash-es/merge.js', new Map([['default', LODASH_MERGE]])],
  ['lodash-es', new Map([['merge', LODASH_MERGE]])],
  ['lodash', new Map([['merge', LODASH_MERGE]])],
]);

const WHOLE: ReadonlyMap<string, KnownModule> = new Map([
  ['path', PATH],
  ['path/posix', PATH],
]);

/** A name of such a module; `null` if it is not known. `*` is the module as a whole. */
export function platformModule(machine: Machine, module: string, name: string, site: Site): Val | null {
  const bare = module.replace(/^node:/, '');
  const { realm } = machine;
  if (bare === 'process') {
    const process = realm.processObject(site);
    if (name === 'default' || name === '*') return process;
    if (name === 'env') return realm.env(site);
    return null;
  }
  if (bare === 'url' && (name === 'URL' || name === 'URLSearchParams')) return realm.readGlobal(name, site);
  const part = PARTLY.get(bare)?.get(name);
  const isAll = name === 'default' || name === '*';
  if (isAll && !part && PARTLY.get(bare)?.has('merge'))
    return object(machine, { members: PARTLY.get(bare)!, constants: {} }, module, name, site);
  if (part) return ref(realm.functionFor(part), written(site.file, site));
  const whole = WHOLE.get(bare);
  return whole ? memberOf(machine, whole, module, name, site) : null;
}

function memberOf(
  machine: Machine,
  known: KnownModule,
  module: string,
  name: string,
  site: Site,
): Val | null {
  const { members, constants } = known;
  if (name === 'default' || name === '*' || name === 'posix')
    return object(machine, known, module, name, site);
  const builtin = members.get(name);
  if (builtin) return ref(machine.realm.functionFor(builtin), machine.realm.nowhere);
  return Object.hasOwn(constants, name) ? prim(constants[name], machine.realm.nowhere) : null;
}

/** The module as an object: what is known of it, and the rest as foreign as any package's. */
function object(
  machine: Machine,
  { members, constants }: KnownModule,
  module: string,
  name: string,
  site: Site,
): Val {
  const { realm, heap, symbols } = machine;
  const made = heap.object(written(site.file, site));
  const hidden = { enumerable: false };
  for (const [key, builtin] of members)
    heap.define(made.obj, key, ref(realm.functionFor(builtin), realm.nowhere), hidden);
  for (const [key, value] of Object.entries(constants))
    heap.define(made.obj, key, prim(value, realm.nowhere), hidden);
  made.obj.rest = symbols.foreign(module, name, realm.nowhere);
  made.obj.frozen = true;
  return made;
}
