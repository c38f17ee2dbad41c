/** Tokens in headers and on command lines, and JSON web tokens (RFC 7519). */
import { follows, near, shape } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { isExamplePath } from '../example-path.ts';
import { isPlaceholder } from '../placeholder.ts';
import { drawnBits, isDrawn, isRandom } from '../randomness.ts';
import { isUserAndPassword } from './registry.ts';

export const BEARER: readonly Detector[] = [
  shape('jwt', 'JSON web token', {
    keywords: ['eyJ', 'ewog'],
    head: follows('url', 10),
    pattern: String.raw`${START}e(?:yJ|wog)[0-9A-Za-z_-]{10,2000}\.e(?:yJ|wog)[0-9A-Za-z_-]{10,6000}\.[0-9A-Za-z_-]{10,1000}={0,2}`,
    reach: 9100,
    accepts: ({ secret, path }) => isJwt(secret) && !isExamplePath(path),
    example: (draw) =>
      [
        Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url'),
        Buffer.from(`{"sub":"${draw('digit', 12)}","iat":1700000000}`).toString('base64url'),
        draw('url', 43),
      ].join('.'),
  }),
  shape('jwt-base64', 'JSON web token in base64', {
    keywords: ['ZXlK'],
    head: follows('url', 40),
    pattern: `${START}ZXlK[0-9A-Za-z+/_-]{80,6000}={0,2}`,
    reach: 6100,
    accepts: ({ secret }) => isJwt(Buffer.from(secret, 'base64').toString('latin1').trim()),
    example: (draw) =>
      Buffer.from(
        [
          Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url'),
          Buffer.from(`{"sub":"${draw('digit', 12)}"}`).toString('base64url'),
          draw('url', 43),
        ].join('.'),
      ).toString('base64'),
  }),
  shape('bearer-token', 'Bearer token', {
    keywords: ['bearer '],
    foldsCase: true,
    head: follows('opaque', 16),
    pattern: String.raw`bearer (?<secret>[0-9A-Za-z_.~+/-]{16,2000}={0,2})(?![0-9A-Za-z_.~+/=-])`,
    reach: 2020,
    accepts: ({ secret }) => isRandom(secret) && drawnBits(secret) > 15,
    example: (draw) => `Authorization: Bearer ${draw('alnum', 40)}`,
  }),
  shape('basic-header', 'Basic authorization header', {
    keywords: ['basic '],
    foldsCase: true,
    head: follows('opaque', 12),
    pattern: String.raw`basic (?<secret>[0-9A-Za-z+/_-]{12,600}={0,2})(?![0-9A-Za-z+/=])`,
    reach: 620,
    accepts: ({ secret, before }) => /auth[^\n]{0,60}$/i.test(before) && isBasicCredential(secret),
    example: (draw) => `Authorization: Basic ${Buffer.from(`me:${draw('alnum', 20)}`).toString('base64')}`,
  }),
  shape('curl-user', 'Password on a curl command line', {
    keywords: [' -u', '--user', '-u"', "-u'"],
    pattern: String.raw`(?: -u|--user)[ =]{0,2}["']?(?<user>[^\s"':]{0,128}):(?<secret>[^\s"']{3,256})`,
    reach: 420,
    accepts: ({ secret, match, before }) =>
      /curl[^\n]{0,200}$/.test(before.slice(-220)) &&
      !isPlaceholder(secret) &&
      !/^(?:pass(?:word)?|secret|pwd|admin|user)$/i.test(secret) &&
      !/[$<{]/.test(`${secret[0]}${match.groups?.['user']?.[0] ?? ''}`) &&
      (drawnBits(secret) > 0 || /[0-9]/.test(secret)),
    example: (draw) => `curl -u me:${draw('alnum', 20)} https://api.acme.io`,
  }),
  shape('curl-user-token', 'Token on a curl command line', {
    keywords: [' -u', '--user'],
    pattern: String.raw`(?: -u|--user)[ =]{0,2}["']?(?<secret>[0-9A-Za-z_.-]{16,256}):?["'\s]`,
    reach: 300,
    accepts: ({ secret, before }) => /curl[^\n]{0,200}$/.test(before.slice(-220)) && isRandom(secret),
    example: (draw) => `curl -u ${draw('alnum', 32)}: https://api.acme.io`,
  }),
  shape('header-token', 'Token in a header', {
    keywords: [
      'x-api-key',
      'x-auth',
      'api-key',
      'authorization',
      'private-token',
      'x-token',
      'access-token',
      'auth-token',
    ],
    foldsCase: true,
    head: near('opaque', 16),
    pattern: String.raw`(?:(?:x-)?(?:[a-z]{1,20}-)?(?:api-key|auth(?:-[a-z]{1,12})?|authorization|private-token|token|access-token))\\?["']?[:=][ \t]{0,4}\\?["']?(?:token |apikey |key |ssws |splunk |bot |genieKey )?(?<secret>[0-9A-Za-z_.~+/=-]{16,1000})(?![0-9A-Za-z_.~+/=-])`,
    reach: 1100,
    isGeneric: true,
    accepts: ({ secret }) => isRandom(secret) && isDrawn(secret) && drawnBits(secret) > 18,
    example: (draw) => `-H "X-Api-Key: ${draw('alnum', 32)}"`,
  }),
];

/** A header that decodes to JSON with `alg`, and a signature that is no word. */
function isJwt(text: string): boolean {
  const [header = '', payload = '', signature = ''] = text.split('.');
  const decoded = Buffer.from(header, 'base64url').toString('latin1');
  return /"alg"|"typ"|"enc"/.test(decoded) && payload.length > 0 && isDrawn(signature);
}

/** Base64 of `user:password`, or of bytes that are no text. */
function isBasicCredential(secret: string): boolean {
  const isText = /^[\x20-\x7e]{6,}$/.test(Buffer.from(secret, 'base64').toString('latin1'));
  return isText ? isUserAndPassword(secret) : isRandom(secret) && drawnBits(secret) > 40;
}
