/** Whether an output is what its format's schema asks for. */
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { validateXML } from 'xmllint-wasm';

const require = createRequire(import.meta.url);

/** The published schema is draft 4, which Ajv knows by a later name: only the keywords for ids differ here. */
function sarifSchema(): object {
  const {
    $schema: _draft,
    id: _id,
    ...schema
  } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<string, unknown>;
  return schema;
}

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const gitlabSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^\\./' } },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};

const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
const validators = { sarif: ajv.compile(sarifSchema()), gitlab: ajv.compile(gitlabSchema) };

/** What is wrong with some JSON; empty if nothing is. */
export function jsonMistakes(format: 'sarif' | 'gitlab', json: unknown): string[] {
  const validate = validators[format];
  return validate(json)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** What libxml2 says of documents; empty if each is well formed and fits. */
export async function junitMistakes(documents: readonly string[]): Promise<string[]> {
  const schema = await readFile(new URL('junit.xsd', import.meta.url), 'utf8');
  const { errors } = await validateXML({
    xml: documents.map((contents, at) => ({ fileName: `${at}.xml`, contents })),
    schema: [{ fileName: 'junit.xsd', contents: schema }],
  });
  return errors.map(({ message }) => message);
}
