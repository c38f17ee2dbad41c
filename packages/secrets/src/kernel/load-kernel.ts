/** The kernel as the product runs it: compiled. */
import { DATA, KERNEL_DATA } from './data.generated.ts';
import { KERNEL } from './kernel.generated.ts';

/** What reads every byte: the compiled one, or in tests its sources as they are. */
export interface Kernel {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly host: KernelHost;
  foldFailures(): void;
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

export function loadKernel(): Kernel {
  const host: KernelHost = { keep() {} };
  const module = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
  const keep: KernelHost['keep'] = (keyword, place, kind) => host.keep(keyword, place, kind);
  const { exports } = new WebAssembly.Instance(module, { host: { keep } });
  const { memory, foldFailures, findInChunk } = exports as Omit<Kernel, 'u8' | 'i32' | 'host'> & {
    readonly memory: { readonly buffer: ArrayBuffer };
  };
  const u8 = new Uint8Array(memory.buffer);
  u8.set(Buffer.from(KERNEL_DATA, 'base64'), DATA);
  foldFailures();
  return { u8, i32: new Int32Array(memory.buffer), host, foldFailures, findInChunk };
}
