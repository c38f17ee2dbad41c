/**
 * The kernel's memory and its host, as its sources see them where they run as they are; where they are compiled, these
 * are instructions.
 */
import { DATA, KERNEL_DATA } from './data.generated.ts';
import { PAGES } from './layout.ts';
import type { KernelHost } from './load-kernel.ts';

export let u8 = new Uint8Array();
export let u16 = new Uint16Array();
export let i32 = new Int32Array();

/** Makes the memory, with the data in it. */
export function openMemory(): void {
  const memory = new ArrayBuffer(PAGES << 16);
  [u8, u16, i32] = [new Uint8Array(memory), new Uint16Array(memory), new Int32Array(memory)];
  u8.set(Buffer.from(KERNEL_DATA, 'base64'), DATA);
}

export const host: KernelHost = { keep() {} };

/** Tells the host of a keyword. */
export function keep(keyword: number, place: number, kind: number): void {
  host.keep(keyword, place, kind);
}

/** Copies bytes within the memory. */
export function copy(to: number, from: number, length: number): void {
  u8.copyWithin(to, from, from + length);
}

/** The 16 bits at an address, which is even. */
export function half(address: number): number {
  return u16[address >> 1]!;
}
