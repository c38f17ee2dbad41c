import type { Reporter } from './reporter.ts';

/** The report itself; its JSON Schema is `report-schema.ts`. */
export const json: Reporter = (report) => `${JSON.stringify(report, null, 2)}\n`;
