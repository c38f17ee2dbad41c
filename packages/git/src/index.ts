export { createOpenSubject, openSubject, type SubjectIo } from './open-subject.ts';
export { findRepository, type Repository } from './repository.ts';
