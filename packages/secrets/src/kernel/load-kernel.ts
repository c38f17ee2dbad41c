/** The kernel: compiled, or as it is written. */
import { DATA, KERNEL_DATA } from './data.generated.ts';
import { KERNEL } from './kernel.generated.ts';
import { host, i32, openMemory, u8 } from './memory.ts';
import { findInChunk, foldFailures } from './walk.ts';

/** What reads every byte. */
export interface Kernel {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly host: KernelHost;
  findInChunk(length: number, carried: number): number;
}

/** What is used of it; Node has it, TypeScript knows it only with all of a browser. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

/** Whom the kernel tells of a keyword, by its number, the place in the chunk where it begins, and what it is. */
export interface KernelHost {
  keep: (keyword: number, place: number, kind: number) => void;
}

/** The compiled one; its sources as they are where Node may compile nothing (`--jitless`). */
export function loadKernel(): Kernel {
  return typeof WebAssembly === 'undefined' ? kernelAsWritten() : compiledKernel();
}

/** There is one of it. */
export function kernelAsWritten(): Kernel {
  openMemory();
  foldFailures();
  return { u8, i32, host, findInChunk };
}

function compiledKernel(): Kernel {
  const own: KernelHost = { keep() {} };
  const module = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
  const keep: KernelHost['keep'] = (keyword, place, kind) => own.keep(keyword, place, kind);
  const { exports } = new WebAssembly.Instance(module, { host: { keep } });
  const { memory, ...compiled } = exports as Exports;
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(Buffer.from(KERNEL_DATA, 'base64'), DATA);
  compiled.foldFailures();
  return { u8: bytes, i32: new Int32Array(memory.buffer), host: own, findInChunk: compiled.findInChunk };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  foldFailures(): void;
  findInChunk(length: number, carried: number): number;
}
