import { decodePath, messageOf } from '@bulwark/model';
import type { FileRef, Json, Snapshot } from '@bulwark/model';
import { parseLooseJson } from '../source/literal-json.ts';
import { folderOf, joinPath } from './paths.ts';

/** What was asked of the snapshot: whatever an answer rests on. */
export class Lookups {
  readonly opened = new Map<string, string | null>();
  readonly missed = new Set<string>();
  readonly names = new Map<string, string | null>();

  add(other: Lookups): void {
    for (const [path, blob] of other.opened) this.opened.set(path, blob);
    for (const path of other.missed) this.missed.add(path);
    for (const [name, found] of other.names) this.names.set(name, found);
  }
}

const MAX_LINKS = 8;

/** Reads files of a snapshot, each once, and notes what was looked for. */
export class SnapshotFiles {
  readonly snapshot: Snapshot;
  #texts = new Map<string, Promise<string>>();
  #settings = new Map<string, Promise<Json | undefined>>();

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
  }

  /** The file at a path, links followed; `null` if there is none. */
  async find(path: string, log: Lookups): Promise<FileRef | null> {
    let at = path;
    for (let links = 0; links < MAX_LINKS; links += 1) {
      const file = this.snapshot.file(at);
      if (!file || file.mode === '160000') {
        log.missed.add(at);
        return null;
      }
      if (file.mode !== '120000') return file;
      log.opened.set(at, file.blob);
      const target = decodePath(await this.snapshot.read(file));
      const next = target.startsWith('/') ? null : joinPath(folderOf(at), target);
      if (next === null) return null;
      at = next;
    }
    return null;
  }

  async text(file: FileRef, log: Lookups): Promise<string> {
    log.opened.set(file.path, file.blob);
    let text = this.#texts.get(file.path);
    if (!text) {
      text = this.snapshot
        .read(file)
        .then((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
      this.#texts.set(file.path, text);
      // Texts are only shared while they are being read: parsed files are kept elsewhere.
      void text.finally(() => this.#texts.delete(file.path)).catch(messageOf);
    }
    return text;
  }

  /** A JSON file, comments allowed; `undefined` if there is none or it is not JSON. */
  async json(path: string, log: Lookups): Promise<Json | undefined> {
    const file = await this.find(path, log);
    if (!file) return undefined;
    log.opened.set(file.path, file.blob);
    let value = this.#settings.get(file.path);
    if (!value) {
      value = this.text(file, log).then(parseLooseJson);
      this.#settings.set(file.path, value);
    }
    return value;
  }
}

export function isRecord(json: Json | undefined): json is Record<string, Json | undefined> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
