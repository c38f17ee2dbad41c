import { method, nothing, table } from './define.ts';

/** Ends the run: what follows is never reached, and nothing is exported. */
const exit = method('exit', 1, (call) =>
  call.machine.throwError('Error', 'the process is ended by process.exit()', call.site),
);

export const PROCESS = table([
  exit,
  method('on', 2, (call) => quiet(call)),
  method('once', 2, (call) => quiet(call)),
  method('emitWarning', 1, (call) => nothing(call)),
]);

/** A listener may run at any time later. */
function quiet(call: Parameters<typeof nothing>[0]): ReturnType<typeof nothing> {
  for (const arg of call.args) call.machine.realm.escape(arg, call.site, 'may be changed by a listener');
  return call.machine.realm.processObject(call.site);
}
