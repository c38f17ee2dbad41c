import { settingsSchema } from '@bulwark/engine';
import { reportSchema } from '@bulwark/reporters';
import { rules } from '@bulwark/rules';

/** The JSON Schemas the package ships, by file name. */
export const schemas = { settings: settingsSchema(rules, 'any'), report: reportSchema };

/** What the checks of settings that the build makes are made of. */
export const settingsChecks = {
  rules: rules.map(({ id }) => id),
  schemas: { known: settingsSchema(rules, 'known'), any: schemas.settings },
};
