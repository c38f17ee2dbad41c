/** All detectors of our own, each group in a file. */
import type { Detector } from '../detector.ts';
import { AI } from './ai.ts';
import { ASSIGNMENT } from './assignment.ts';
import { NAMED } from './named.ts';
import { BEARER } from './bearer.ts';
import { CLOUD } from './cloud.ts';
import { CREDENTIAL_URL } from './credential-url.ts';
import { HOSTING } from './hosting.ts';
import { IDENTITY } from './identity.ts';
import { MESSAGING } from './messaging.ts';
import { OBSERVABILITY } from './observability.ts';
import { PAYMENT } from './payment.ts';
import { PRIVATE_KEY } from './private-key.ts';
import { REGISTRY } from './registry.ts';
import { SAAS } from './saas.ts';
import { SOURCE_HOSTING } from './source-hosting.ts';

/** By group; each becomes one rule of the secretlint preset. */
export const GROUPS: Readonly<Record<string, readonly Detector[]>> = {
  'private-key': PRIVATE_KEY,
  'credential-url': CREDENTIAL_URL,
  bearer: BEARER,
  'source-hosting': SOURCE_HOSTING,
  registry: REGISTRY,
  cloud: CLOUD,
  hosting: HOSTING,
  payment: PAYMENT,
  messaging: MESSAGING,
  ai: AI,
  observability: OBSERVABILITY,
  identity: IDENTITY,
  saas: SAAS,
  named: NAMED,
  assignment: ASSIGNMENT,
};

export const DETECTORS: readonly Detector[] = Object.values(GROUPS).flat();
