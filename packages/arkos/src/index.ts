export { discoverApps } from './discover.ts';
export type { DiscoverOptions, Discovered } from './discover.ts';
export { gatherFacts } from './facts.ts';
export type { Gathered, GatherOptions } from './facts.ts';
export { defaultModes } from './mode.ts';
export type { ModeDefinition } from './mode.ts';
export type { Trace } from './record-lookups.ts';
export { gatherWorkspaceStart } from './workspace-start.ts';
export type { WorkspaceStart } from './start/gather-start.ts';
