import type { StartRole } from '@bulwark/model';

export interface Role {
  readonly role: StartRole;
  readonly because: string;
}

const SIGNS: readonly (readonly [StartRole, RegExp])[] = [
  ['test', /(?:^|[^a-z])(?:tests?|testing|e2e|spec|cypress|playwright)(?:$|[^a-z])/i],
  ['development', /(?:^|[^a-z])(?:dev|develop|development|local|watch|debug|override|sandbox)(?:$|[^a-z])/i],
  [
    'production',
    /(?:^|[^a-z])(?:prod|production|live|release|deploy|deployment|staging|stage|preview)(?:$|[^a-z])/i,
  ],
];

/** What names say of whom a process serves: the first that says anything decides. */
export function roleByName(names: readonly string[], otherwise: Role): Role {
  for (const name of names) {
    const sign = SIGNS.find(([, pattern]) => pattern.test(name));
    if (sign) return { role: sign[0], because: `it is called "${name}"` };
  }
  return otherwise;
}
