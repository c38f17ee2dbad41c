/** Whatever somebody writes, every release has an answer. */
import { expect, test } from '@jest/globals';
import { isObject, toJson } from '@bulwark/model';
import deepmerge from 'deepmerge';
import {
  anything,
  assert,
  boolean,
  constant,
  constantFrom,
  dictionary,
  nat,
  oneof,
  property,
  record,
} from 'fast-check';
import { settingsOf } from '../../test/settings-of.ts';
import { eitherUnsetOr } from '../../test/value-of.ts';
import { behaviourOf } from '../generations/index.ts';
import { studiedReleases } from '../version/releases.ts';

const odd = oneof(
  constantFrom(
    undefined,
    null,
    true,
    false,
    0,
    '',
    '*',
    'no-bulk',
    'zod',
    'class-validator',
    [],
    ['*'],
    {},
    /x/,
  ),
  constant(() => undefined),
  constant(eitherUnsetOr('text', 'X')),
  anything({
    maxDepth: 1,
    withBigInt: false,
    withNullPrototype: false,
    withMap: false,
    withSet: false,
    values: [nat(), boolean()],
  }),
);
const limits = dictionary(constantFrom('limit', 'max', 'windowMs', 'skip'), odd);
const corsShape = dictionary(
  constantFrom('allowedOrigins', 'options', 'customHandler', 'origin', 'credentials'),
  oneof(odd, dictionary(constantFrom('origin', 'credentials'), odd)),
);
const config = record(
  {
    cors: oneof(odd, corsShape),
    globalRequestRateLimitOptions: oneof(odd, limits),
    middlewares: oneof(
      odd,
      record(
        { cors: oneof(odd, corsShape), rateLimit: oneof(odd, limits), disable: odd, replace: odd },
        { requiredKeys: [] },
      ),
    ),
    authentication: oneof(
      odd,
      record(
        {
          mode: odd,
          rateLimit: oneof(odd, limits),
          requestRateLimitOptions: oneof(odd, limits),
          jwt: oneof(
            odd,
            record(
              {
                secret: odd,
                expiresIn: odd,
                cookie: oneof(odd, dictionary(constantFrom('secure', 'httpOnly', 'sameSite'), odd)),
              },
              { requiredKeys: [] },
            ),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
    validation: oneof(
      odd,
      record(
        {
          resolver: odd,
          strict: odd,
          validationOptions: oneof(odd, dictionary(constantFrom('whitelist', 'forbidNonWhitelisted'), odd)),
        },
        { requiredKeys: [] },
      ),
    ),
    routers: oneof(odd, record({ strict: odd }, { requiredKeys: [] })),
    fileUpload: oneof(odd, record({ enabled: odd }, { requiredKeys: [] })),
    swagger: odd,
  },
  { requiredKeys: [] },
);

test('no configuration is too odd, and what has a default is never absent', () => {
  assert(
    property(
      constantFrom(...studiedReleases),
      config,
      constantFrom('dev' as const, 'start' as const),
      (release, plain, command) => {
        const settings = settingsOf(release, plain, command);
        const { cors, globalRateLimit, authRateLimit, jwt, validation, routers, fileUpload } = settings;
        for (const setting of [
          cors,
          globalRateLimit,
          authRateLimit,
          jwt.secret,
          jwt.expiresIn,
          jwt.httpOnly,
          jwt.secure,
          jwt.sameSite,
          validation.unknownFields,
          routers.strict,
          fileUpload.enabled,
        ])
          expect(setting?.value.kind).not.toBe('absent');
        expect(cors.credentials.kind).not.toBe('absent');
        expect(['known', 'unknown']).toContain(validation.canReject.kind);
      },
    ),
    { numRuns: 400 },
  );
});

test('limits are the written options merged over the built-in ones, as the framework merges them (FACTS §1.4)', () => {
  const written = dictionary(constantFrom('limit', 'windowMs', 'max', 'message'), nat());
  assert(
    property(constantFrom(...studiedReleases), written, (release, options) => {
      const { key, limit, windowMs } = behaviourOf(release).globalRateLimit;
      const plain = key.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), options);
      const { value } = settingsOf(release, plain).globalRateLimit;
      expect(value.kind === 'known' && isObject(value.value)).toBe(true);
      expect(toJson(value)).toEqual(deepmerge({ limit, windowMs }, options));
    }),
  );
});
