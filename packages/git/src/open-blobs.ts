import { openBlobReader, type BlobReader } from './blob-reader.ts';
import type { Repository } from './repository.ts';

/** Single objects of a repository by id; to be closed. */
export function openBlobs({ place }: Pick<Repository, 'place'>): BlobReader {
  return openBlobReader(place);
}
