import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createMemoryStore, noStore } from '@bulwark/model';
import type { Store } from '@bulwark/model';
import { createWarmStore } from './warm-store.ts';

test('what is kept is there at once, and soon on the disk', async () => {
  const disk = createMemoryStore();
  const store = createWarmStore(disk, 1000);
  await store.keep('a', { of: 1 });
  expect(await store.recall('a')).toEqual({ of: 1 });
  expect(await disk.recall('a')).toBeUndefined();
  await store.close();
  while ((await disk.recall('a')) === undefined) await sleep(20);
  expect(await disk.recall('a')).toEqual({ of: 1 });
});

test('nobody waits for the disk, and shelves are saved once for all that was asked meanwhile', async () => {
  const closes: number[] = [];
  const disk: Store = {
    ...noStore,
    keep: () => new Promise(() => {}),
    close: () => Promise.resolve(void closes.push(1)),
  };
  const stuck = createWarmStore(disk, 1000);
  await stuck.keep('a', 1);
  await stuck.close();
  expect(await stuck.recall('a')).toBe(1);
  const store = createWarmStore({ ...disk, keep: () => Promise.resolve() }, 1000);
  for (let at = 0; at < 5; at += 1) {
    await store.keep(`key ${at}`, at);
    await store.close();
  }
  while (closes.length === 0) await sleep(20);
  expect(closes).toHaveLength(1);
});

test('what was used longest ago leaves the memory, and is still on the disk', async () => {
  const disk = createMemoryStore();
  const store = createWarmStore(disk, 100);
  for (let at = 0; at < 5; at += 1) await store.keep(`key ${at}`, 'x'.repeat(40));
  while ((await disk.recall('key 4')) === undefined) await sleep(20);
  expect(await store.recall('key 0')).toBe('x'.repeat(40));
});
