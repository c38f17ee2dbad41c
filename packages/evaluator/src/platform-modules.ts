/** Modules that are not in the snapshot but whose behaviour is known. */
import type { Site } from './machine/builtin.ts';
import type { Machine } from './machine/machine.ts';
import type { Val } from './machine/values.ts';

/** A name of such a module; `null` if it is not known. `*` is the module as a whole. */
export function platformModule(
  machine: Machine,
  module: string,
  name: string,
  isRequired: boolean,
  site: Site,
): Val | null {
  const bare = module.replace(/^node:/, '');
  void isRequired;
  if (bare === 'process') {
    const process = machine.realm.processObject(site);
    if (name === 'default' || name === '*') return process;
    if (name === 'env') return machine.realm.env(site);
  }
  return null;
}
