/**
 * How the quick program says that it is not enough. The build puts calls of this in place of what the quick program
 * leaves out (tools/build/leave-out.mjs); whoever catches what is thrown does not undo that it was called.
 */
let isEnough = true;

/** @param what was missing */
export function giveUp(what: string): never {
  isEnough = false;
  throw new Error(`the quick program does not hold ${what}`);
}

export function hasGivenUp(): boolean {
  return !isEnough;
}
