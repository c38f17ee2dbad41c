export { defaultBounds, openDiskStore } from './disk-store.ts';
export type { StoreBounds } from './disk-store.ts';
export { clearStores, listStores, openStore } from './stores.ts';
export type { StoreSize } from './stores.ts';
