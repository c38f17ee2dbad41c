import type { Place, Props } from '@bulwark/model';
import type { Waiver } from '../settings.ts';
import type { JsonPath } from './locate.ts';

/** What a policy rule has to say, before it is placed in the settings file. */
export interface PolicyFinding {
  /** Stable name of what it is about; part of the fingerprint. */
  readonly key: string;
  /** One of the rule's message ids. */
  readonly message: string;
  readonly props: Props;
  /** Where to point, best first. */
  readonly at: readonly JsonPath[];
  /** Where it stands, if in another file than the settings. */
  readonly place?: Place;
}

/** What a waiver is about, the same as long as it covers the same findings. */
export function waiverKey({ rule, app, path, fingerprint }: Waiver): string {
  return `waivers ${rule} ${app ?? path ?? fingerprint}`;
}

export function aboutOf({ app, path, fingerprint }: Waiver): string {
  return app ?? path ?? `the finding ${fingerprint?.slice(0, 8)}`;
}
