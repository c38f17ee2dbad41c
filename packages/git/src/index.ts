export { createOpenSubject, openSubject, type SubjectIo } from './open-subject.ts';
export {
  findPushedObjects,
  type BroughtBlob,
  type BroughtPlace,
  type Message,
  type PushedObjects,
  type PushedTip,
} from './pushed-objects.ts';
export { parseRefUpdates, type RefUpdate } from './ref-updates.ts';
export type { Remote } from './remote-refs.ts';
export { findRepository, type Repository } from './repository.ts';
