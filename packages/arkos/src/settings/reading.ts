/** What the settings are read from: the configuration as written, one release's behaviour, one mode. */
import { at, known, placeOf, property, siteOf } from '@bulwark/model';
import type { Data, Origin, Place, Setting, Value } from '@bulwark/model';
import type { Behaviour, Command } from '../generations/behaviour.ts';
import { mapKnown } from '../values.ts';

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
  const written = at(reading.written, key);
  return { key, value: effective(written), written, place: pointAt(reading, key), variable };
}

/** Where a key was written, else the nearest section that was, else where the configuration begins. */
export function pointAt({ written, holder }: Reading, key: string): Place {
  let nearest: Place | undefined;
  let section = written;
  for (const part of key.split('.')) {
    const place = siteOf(section, part);
    if (place === undefined) break;
    nearest = place;
    section = property(section, part);
  }
  return nearest ?? placeOf(written) ?? holder;
}
