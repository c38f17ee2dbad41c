import type { OpenSubject } from '@bulwark/model';
import { createOpenSubject, type SubjectIo } from '../open-subject.ts';
import { createWarmIndex } from './warm-index.ts';

/** What `createOpenSubject` is in a process that ends: here what one question needed serves the next. */
export function createWarmSubjects(): (io: SubjectIo) => OpenSubject {
  const index = createWarmIndex();
  return (io) => {
    const openCold = createOpenSubject(io);
    return async (request) => (await index.open(request, io.env)) ?? openCold(request);
  };
}
