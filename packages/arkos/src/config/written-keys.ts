/** Every key somebody wrote, and whether that version reads it (FACTS §8, §9). */
import { at, isObject } from '@bulwark/model';
import type { Value, WrittenKey } from '@bulwark/model';
import { distance } from '../distance.ts';
import type { Behaviour, DeadKey } from '../generations/behaviour.ts';
import { OPTION_NAMES } from '../generations/option-names.ts';
import { siteOfKey } from '../settings/site.ts';

interface Written {
  readonly path: string;
  readonly place: WrittenKey['place'];
}

/** @param file the file the configuration is in, where its keys may be renamed; `null` if they may not. */
export function writtenKeys(
  written: Value,
  behaviour: Behaviour,
  file: string | null = null,
): readonly WrittenKey[] {
  const keys = tableOf(behaviour);
  const found = new Map<string, Written>();
  collect(written, '', keys, found);
  return [...found.values()].map(({ path, place }) => {
    const judged = keys.judge(path);
    const renamesTo = file === null ? null : newName(written, path, judged, file);
    return { path, place, ...judged, ...(renamesTo !== null && { renamesTo }) };
  });
}

/** What a key has only to be called to be read. A key that is merely spelt alike may mean something else. */
function newName(written: Value, path: string, { status, instead }: Judged, file: string): string | null {
  const section = path.slice(0, path.lastIndexOf('.') + 1);
  const name = instead?.slice(section.length) ?? '';
  if (status !== 'renamed' || !instead?.startsWith(section) || !/^[A-Za-z]\w*$/.test(name)) return null;
  const around = section === '' ? written : at(written, section.slice(0, -1));
  if (around.kind !== 'known' || !isObject(around.value) || around.value.rest) return null;
  const isFree = !Object.hasOwn(around.value.entries, name);
  return isFree && siteOfKey(written, path, file) ? name : null;
}

/** The keys of an object and of the sections in it; not below a key that stands for all there is below it. */
function collect(value: Value, prefix: string, keys: KeyTable, found: Map<string, Written>): void {
  if (value.kind === 'absent') return;
  if (value.kind === 'unknown') {
    for (const { value: outcome } of value.outcomes ?? []) collect(outcome, prefix, keys, found);
    return;
  }
  if (!isObject(value.value)) return;
  for (const [key, { value: inner, place }] of Object.entries(value.value.entries)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (place && !keys.isSection(path)) found.set(path, found.get(path) ?? { path, place });
    if (keys.isSection(path)) {
      if (place && isEmptySection(inner)) found.set(path, { path, place });
      collect(inner, path, keys, found);
    }
  }
}

function isEmptySection(value: Value): boolean {
  return value.kind === 'known' && !(isObject(value.value) && Object.keys(value.value.entries).length > 0);
}

const tables = new WeakMap<Behaviour, KeyTable>();

function tableOf(behaviour: Behaviour): KeyTable {
  const table = tables.get(behaviour) ?? new KeyTable(behaviour);
  tables.set(behaviour, table);
  return table;
}

type Judged = Pick<WrittenKey, 'status' | 'instead' | 'why'>;

const READ: Judged = { status: 'read', instead: null, why: null };

/** What one version makes of a key. */
class KeyTable {
  readonly #exact = new Set<string>();
  /** Sections that are handed on as they are, whatever is in them. */
  readonly #open = new Set<string>();
  readonly #sections = new Set<string>();
  readonly #dead: Readonly<Record<string, DeadKey>>;
  readonly #generation: string;

  constructor({ keys, dead, generation }: Behaviour) {
    this.#dead = dead;
    this.#generation = generation;
    for (const key of keys) {
      const plain = key.replace(/\.\*$/, '');
      this.#exact.add(plain);
      if (key !== plain) this.#open.add(plain);
    }
    for (const section of this.#open) {
      for (const name of OPTION_NAMES[section] ?? []) this.#exact.add(`${section}.${name}`);
    }
    for (const path of [...this.#exact, ...Object.keys(dead)])
      for (const section of sectionsAbove(path)) this.#sections.add(section);
  }

  /** Whether keys inside this one are judged one by one. */
  isSection(path: string): boolean {
    if (!this.#sections.has(path)) return false;
    return (
      !Object.hasOwn(this.#dead, path) || Object.keys(this.#dead).some((dead) => dead.startsWith(`${path}.`))
    );
  }

  judge(path: string): Judged {
    const dead = this.#deadAt(path);
    if (dead)
      return { status: dead.instead === null ? 'unread' : 'renamed', instead: dead.instead, why: dead.why };
    if (this.#exact.has(path) || this.#sections.has(path)) return READ;
    const nearest = this.#nearest(path);
    const isHandedOn = sectionsAbove(path).some((section) => this.#open.has(section));
    if (isHandedOn && nearest === null) return READ;
    const section = path.slice(0, Math.max(path.lastIndexOf('.'), 0));
    const why = isHandedOn ? `${section} has no such option` : `Arkos ${this.#generation} has no such key`;
    return { status: 'unread', instead: nearest, why };
  }

  /** The key itself if it is known to be dead, or the innermost dead section that it is in. */
  #deadAt(path: string): DeadKey | undefined {
    const at = [path, ...sectionsAbove(path)].find((each) => Object.hasOwn(this.#dead, each));
    return at === undefined ? undefined : this.#dead[at];
  }

  /** A key of the same section that is spelt almost alike. */
  #nearest(path: string): string | null {
    const section = path.slice(0, path.lastIndexOf('.') + 1);
    const word = path.slice(section.length).toLowerCase();
    const beside = [...this.#exact, ...this.#sections].filter(
      (key) => key.startsWith(section) && !key.slice(section.length).includes('.'),
    );
    const near = beside
      .map((key) => ({ key, far: distance(key.slice(section.length).toLowerCase(), word) }))
      .filter(({ far, key }) => far <= Math.max(1, Math.floor((key.length - section.length) / 4)))
      .sort((a, b) => a.far - b.far);
    return near[0]?.key ?? null;
  }
}

/** `a.b.c` → `a.b`, `a`. */
function sectionsAbove(path: string): string[] {
  const parts = path.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'));
}
