/** What is remembered, without anything of the daemon: a commit waits for what is loaded. */
export { defaultBounds, openDiskStore } from './disk-store.ts';
export type { StoreBounds } from './disk-store.ts';
export { PLUGIN_FOLDERS, clearStores, listStores, openStore } from './stores.ts';
export { createWarmStore } from './warm-store.ts';
export type { StoreSize } from './stores.ts';
export { keepNewest } from './keep-newest.ts';
export { listTree } from './list-tree.ts';
export { readSealed, writeSealed } from './sealed-file.ts';
export { makePrivateFolder } from '../private-folder.ts';
