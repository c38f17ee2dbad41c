/** What the settings are read from: the configuration as written, one release's behaviour, one mode. */
import { isObject, known, placeOf, property, siteOf } from '@bulwark/model';
import type { Data, Origin, Place, Setting, Value } from '@bulwark/model';
import type { Behaviour, Command } from '../generations/behaviour.ts';
import { mapKnown } from '../values.ts';
import { siteOfKey } from './site.ts';

export interface Reading {
  /** As written; an empty object where nothing that counts was written. */
  readonly written: Value;
  readonly behaviour: Behaviour;
  readonly command: Command;
  /** A variable as Arkos reads it; `absent` where nothing shows that it is set. */
  readonly variable: (name: string) => Value;
  /** Where to point when nothing was written. */
  readonly holder: Place;
  /** The origin of everything that version does by itself. */
  readonly byDefault: Origin;
}

/** A setting whose omitted key takes one default. */
export function settingWithDefault(reading: Reading, key: string, value: Data): Setting {
  return setting(reading, key, (written) =>
    mapKnown(written, (leaf) => (leaf.kind === 'absent' ? known(value, reading.byDefault) : leaf)),
  );
}

/** A setting, its effective value made from what was written. */
export function setting(
  reading: Reading,
  key: string,
  effective: (written: Value) => Value,
  variable: string | null = null,
): Setting {
  const { value: written, place } = walk(reading, key);
  const site = written.kind === 'known' ? siteIn(reading, key) : undefined;
  return { key, value: effective(written), written, place, variable, ...(site && { site }) };
}

/** The property of a key, if it can be changed where it stands. */
export function siteIn({ written, holder }: Reading, key: string): Place | undefined {
  return siteOfKey(written, key, holder.path);
}

/**
 * The value at a key, and where to point: where the key was written, else the nearest section that was, else
 * where the configuration begins.
 */
function walk({ written, holder }: Reading, key: string): { readonly value: Value; readonly place: Place } {
  let value = written;
  let nearest: Place | undefined;
  let isWritten = true;
  for (const part of partsOf(key)) {
    const place: Place | undefined = isWritten ? placeOfEntry(value, part) : undefined;
    isWritten = place !== undefined;
    nearest = place ?? nearest;
    value = property(value, part);
  }
  return { value, place: nearest ?? placeOf(written) ?? holder };
}

function placeOfEntry(value: Value, key: string): Place | undefined {
  if (value.kind !== 'known') return siteOf(value, key);
  const { value: data } = value;
  return isObject(data) && Object.hasOwn(data.entries, key) ? data.entries[key]!.place : undefined;
}

const parts = new Map<string, readonly string[]>();

/** A key's parts. There are few keys, and each is asked for in every mode of every app. */
function partsOf(key: string): readonly string[] {
  const known = parts.get(key) ?? key.split('.');
  parts.set(key, known);
  return known;
}
