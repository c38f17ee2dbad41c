import { decodeText } from './decode-text.ts';
import type { FileRef, Snapshot } from '@bulwark/model';

/** The text of files of a snapshot, each read once, all before they are asked for. */
export interface TextFiles {
  readonly paths: readonly string[];
  get(path: string): string | null;
}

/** Reads the files a filter picks; links and submodules are passed over. @throws ReadError */
export async function readTexts(snapshot: Snapshot, pick: (file: FileRef) => boolean): Promise<TextFiles> {
  const picked = snapshot.files.filter((file) => isRegular(file) && pick(file));
  const texts = new Map(
    await Promise.all(
      picked.map(async (file): Promise<[string, string]> => [
        file.path,
        decodeText(await snapshot.read(file)),
      ]),
    ),
  );
  return { paths: picked.map(({ path }) => path), get: (path) => texts.get(path) ?? null };
}

function isRegular({ mode }: FileRef): boolean {
  return mode === '100644' || mode === '100755';
}
