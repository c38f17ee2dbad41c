/** All the engine asks of Arkos. Loaded where there may be an app, and only there: it brings many parsers along. */
export {
  createTraceCheck,
  discoverApps,
  gatherApps,
  gatherWorkspaceStart,
  workspacePackages,
} from '@bulwark/arkos';
export { modesOf } from './modes.ts';
