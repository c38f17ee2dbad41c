/** The JSON Schema of the JSON report, in draft 2020-12. */
type Schema = { readonly [key: string]: unknown };

const text: Schema = { type: 'string' };
const textOrNull: Schema = { type: ['string', 'null'] };
const count: Schema = { type: 'integer', minimum: 0 };
const ordinal: Schema = { type: 'integer', minimum: 1 };

function object(required: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

const shardNumber: Schema = { ...ordinal, maximum: 9999 };
const digest: Schema = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const part: Schema = {
  description: 'What the report covers, where that is a part that bulwark audit --merge takes.',
  ...object({
    of: {
      oneOf: [
        object({ kind: { const: 'shard' }, index: shardNumber, count: shardNumber }),
        object({ kind: { const: 'folder' }, folder: text }),
        object({ kind: { const: 'workspace' } }),
      ],
    },
    files: digest,
    settings: digest,
    rests: {
      type: 'object',
      additionalProperties: object({
        facts: digest,
        files: list(object({ path: text, blob: textOrNull })),
        missing: list(text),
        names: list(object({ root: text, name: text, folder: textOrNull })),
        lists: list(object({ folder: text, digest })),
      }),
    },
  }),
};

const seal: Schema = {
  description: 'A checksum over the canonical JSON of the rest; with BULWARK_REPORT_KEY, an HMAC too.',
  ...object({ sha256: digest }, { hmac: digest }),
};

const verdict: Schema = { enum: ['pass', 'violation', 'undecided', 'not-applicable'] };

const affected: Schema = {
  description: 'Set where only what a change affects was judged.',
  ...object({
    by: { enum: ['nx', 'traces'], description: "Nx's graph and what the engine reads, or that alone." },
    base: textOrNull,
    changed: count,
    apps: list(text),
    of: count,
  }),
};

export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Report of Bulwark',
  ...object(
    {
      version: { const: 1 },
      tool: object({ name: { const: 'bulwark' }, version: text }),
      snapshot: object({ kind: { enum: ['index', 'commit', 'worktree'] }, commit: textOrNull }),
      complete: {
        type: 'boolean',
        description: 'Whether everything was looked at. False means exit code 2 where nothing was found.',
      },
      problems: list(
        object({ path: textOrNull, message: text }, { line: ordinal, column: ordinal, hint: text }),
      ),
      scanned: object({
        files: count,
        bytes: count,
        apps: count,
        skipped: list(object({ path: text, reason: text })),
      }),
      apps: list(
        object({
          name: text,
          root: text,
          arkos: object({ version: textOrNull, generation: textOrNull, from: textOrNull }),
          config: textOrNull,
          verdicts: {
            type: 'object',
            additionalProperties: object({ verdict, because: text }, { path: text, line: ordinal }),
          },
        }),
      ),
      findings: list(
        object(
          {
            rule: text,
            verdict: { enum: ['violation', 'undecided'] },
            severity: { enum: ['error', 'warn', 'info'] },
            app: textOrNull,
            modes: list(text),
            message: text,
            path: text,
            line: ordinal,
            column: ordinal,
            endLine: ordinal,
            endColumn: ordinal,
            fingerprint: digest,
            help: text,
            waived: { oneOf: [{ type: 'null' }, object({ reason: text }, { owner: text, expires: text })] },
            fixable: { type: 'boolean' },
          },
          { pathBytes: text, commit: text, date: text, older: { const: true } },
        ),
      ),
    },
    { part, seal, affected },
  ),
};
