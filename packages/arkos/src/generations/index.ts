/** The one place that asks for a version: release → what it does. */
import { canonicalJson } from '@bulwark/model';
import { generationOf } from '../version/releases.ts';
import { arkos10 } from './1.0.ts';
import { arkos12 } from './1.2.ts';
import { arkos13 } from './1.3.ts';
import { arkos14 } from './1.4.ts';
import { arkos15 } from './1.5.ts';
import { arkos16 } from './1.6.ts';
import { arkos17 } from './1.7.ts';
import { arkos20next } from './2.0-next.ts';
import type { Behaviour } from './behaviour.ts';

const known = new Map<string, Behaviour>();

/** What a release does. @param release one that `releasesOf` named. */
export function behaviourOf(release: string): Behaviour {
  const found = known.get(release) ?? make(release);
  known.set(release, found);
  return found;
}

function make(release: string): Behaviour {
  const patch = Number(/^\d+\.\d+\.(\d+)/.exec(release)?.[1]);
  switch (generationOf(release)) {
    case '1.0':
      return arkos10;
    case '1.2':
      return arkos12;
    case '1.3':
      return arkos13(patch);
    case '1.4':
      return arkos14(patch);
    case '1.5':
      return arkos15(patch);
    case '1.6':
      return arkos16(patch);
    case '1.7':
      return arkos17;
    case '2.0-next':
      return arkos20next;
  }
}

/** The newest release of every group that behaves alike, in the order given. */
export function groupReleases(releases: readonly string[]): readonly string[] {
  const groups = new Map<string, string>();
  for (const release of releases) groups.set(textOf(release), release);
  return [...groups.values()];
}

const texts = new Map<string, string>();

/** A behaviour as text, equal for releases that behave alike. */
function textOf(release: string): string {
  const text = texts.get(release) ?? canonicalJson(behaviourOf(release));
  texts.set(release, text);
  return text;
}
