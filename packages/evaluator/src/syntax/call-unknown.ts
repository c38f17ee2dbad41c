/** Calls of something that is not in the snapshot, or not known at all. */
import type { Foreign, ForeignStep } from '@bulwark/model';
import { wordsOf } from '../machine/convert.ts';
import type { Site } from '../machine/builtin.ts';
import type { Machine } from '../machine/machine.ts';
import type { Sym, Val } from '../machine/values.ts';
import { placeIn } from '../source/source-file.ts';
import { written } from '../source/trace.ts';

/** What it gives is unknown, and so is afterwards everything it may have changed. */
export function callUnknown(
  machine: Machine,
  callee: Sym,
  self: Val | null,
  args: readonly Val[],
  site: Site,
  isNew: boolean,
): Val {
  const { symbols, realm } = machine;
  const { base } = callee;
  const trace = written(site.file, site);
  const place = placeIn(site.file, site.start, site.end);
  const words = `${isNew ? 'new ' : ''}${base.words}(${args.length === 0 ? '' : wordsOfArgs(args)})`;
  if (base.foreign) {
    const foreign = asCallee(base.foreign);
    const values = realm.valuesOf(args);
    const taught = isNew ? null : realm.taught(foreign, values, place, site);
    const step: ForeignStep = isNew ? { construct: values, place } : { call: values, place };
    const result = taught?.value ?? symbols.step(callee, step, '()', words, trace, false);
    realm.noteForeignCall(foreign, values, place, result, taught?.told ?? null);
    if (taught) return result;
    return afterUnknown(machine, result, self, args, site, `may have been changed by ${base.words}()`);
  }
  const result = symbols.step(callee, null, '()', words, trace, false);
  return afterUnknown(machine, result, self, args, site, `may have been changed by ${base.words}()`);
}

function afterUnknown(
  machine: Machine,
  result: Val,
  self: Val | null,
  args: readonly Val[],
  site: Site,
  why: string,
): Val {
  for (const arg of args) machine.realm.escape(arg, site, why);
  if (self) machine.realm.escape(self, site, why);
  if (machine.guarded > 0 && result.kind === 'sym') {
    const { words, why: reason, variables } = result.base;
    const fails = machine.symbols.condition(
      `${words} throws`,
      `${words} does not throw`,
      reason,
      variables,
      result.trace,
    );
    machine.branch(
      fails,
      () =>
        machine.throwValue(
          machine.symbols.fresh({ words: 'the error', why: reason, variables }, result.trace),
          result.trace,
        ),
      () => result,
    );
  }
  return result;
}

/** What `require` gives is called as the default export is. */
function asCallee(foreign: Foreign): Foreign {
  return foreign.name === '*' && foreign.steps.length === 0 ? { ...foreign, name: 'default' } : foreign;
}

function wordsOfArgs(args: readonly Val[]): string {
  const [first] = args;
  const text =
    first === undefined ? '' : first.kind === 'prim' || first.kind === 'sym' ? wordsOf(first) : '...';
  return args.length > 1 ? `${text}, ...` : text;
}
