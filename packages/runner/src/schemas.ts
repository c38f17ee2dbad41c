import { settingsSchema } from '@bulwark/engine';
import { reportSchema } from '@bulwark/reporters';
import { rules } from '@bulwark/rules';

/** The JSON Schemas the package ships, by file name. */
export const schemas = { settings: settingsSchema(rules, 'any'), report: reportSchema };
