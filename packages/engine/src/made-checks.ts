import type { TeamRuleNames } from './settings-schema.ts';

/** Whether settings are as their schema says; not why they are not. */
export type SettingsCheck = (said: unknown) => boolean;

export interface MadeChecks {
  /** Ids of the rules that the settings may name, in their order. */
  readonly rules: readonly string[];
  readonly checks: Readonly<Record<TeamRuleNames, SettingsCheck>>;
}

/**
 * What Ajv makes of the schema for the product's own rules. To make it takes longer than all the rest of a hook, so
 * the build does it, and puts it in place of this module; source that is not built has none.
 */
export const madeChecks: MadeChecks | null = null;
