export { discoverApps } from './discover.ts';
export type { DiscoverOptions, Discovered } from './discover.ts';
export { defaultModes } from './mode.ts';
export type { ModeDefinition } from './mode.ts';
