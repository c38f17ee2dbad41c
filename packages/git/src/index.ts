export { BlobError, type BlobReader } from './blob-reader.ts';
export type { BroughtBlob, BroughtPlace } from './brought-blobs.ts';
export { GitError } from './git-error.ts';
export { findHistory, readAuthorDates, type History } from './history.ts';
export {
  locateHooks,
  readGitVersion,
  type ConfiguredHook,
  type HookLocation,
  type HooksPathSetting,
  type InstalledHook,
} from './hook-location.ts';
export { setHooksPath, unsetHooksPath } from './hooks-path.ts';
export { findMergeBase } from './merge-base.ts';
export { createWarmSubjects } from './warm/warm-subjects.ts';
export { openPlainIndex } from './plain/plain-index.ts';
export { createOpenSubject, openSubject, type SubjectIo } from './open-subject.ts';
export type { Message } from './peel.ts';
export { findPushedObjects, type PushedObjects, type PushedTip } from './pushed-objects.ts';
export { parseRefUpdates, type RefUpdate } from './ref-updates.ts';
export type { Remote } from './remote-refs.ts';
export { findRepository, type Repository } from './repository.ts';
export { openBlobs } from './open-blobs.ts';
export { streamBlobs, type StreamedBlob } from './stream-blobs.ts';
