import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

/**
 * Has the checks of settings made now, which would take a hook longer than all else it does: esbuild reads what Ajv
 * writes instead of the module that says there are none.
 */
export function makeSettingsChecks(made) {
  return {
    name: 'make-settings-checks',
    setup: ({ onLoad }) =>
      onLoad({ filter: /engine\/src\/made-checks\.ts$/ }, () => ({ contents: writeChecks(made) })),
  };
}

/**
 * An ES module that exports `madeChecks`.
 * @param rules ids, in their order
 * @param schemas of settings, by what rules of a team they may name
 */
export function writeChecks({ rules, schemas }) {
  const ajv = new Ajv2020({
    strict: false,
    schemas,
    // Whether something is wrong is all that is asked.
    messages: false,
    // Strings are measured by their units, which tells as well whether they are empty, and needs no code of Ajv's.
    unicode: false,
    logger: false,
    // Or the checks lie within each other a hundred deep.
    allErrors: true,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  });
  const teams = Object.keys(schemas);
  const checks = standalone.default(ajv, Object.fromEntries(teams.map((team) => [team, team])));
  return `${checks}
export const madeChecks = { rules: ${JSON.stringify(rules)}, checks: { ${teams.join(', ')} } };`;
}
