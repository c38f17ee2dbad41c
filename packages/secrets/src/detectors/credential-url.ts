/** Passwords in URLs and connection strings (RFC 3986 §3.2.1; ODBC and ADO.NET key=value lists). */
import { shape } from '../build-detector.ts';
import type { Detector, Found } from '../detector.ts';
import { isExamplePath } from '../example-path.ts';
import { isPlaceholder } from '../placeholder.ts';
import { drawnBits, isDrawn } from '../randomness.ts';

/** Hosts where a simple password is the development default and no secret. */
const LOCAL =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal|(?:[a-z]{1,12}[-_])?(?:db|database|postgres|postgresql|mysql|mariadb|mongo|mongodb|redis|rabbitmq|rabbit|amqp|cache|queue|kafka|mssql|sqlserver|mailhog|maildev|broker|minio|elasticsearch)(?:[-_]?\w{1,12})?(?::|\/|$|\s|["']))/i;
/** Hosts of documentation (RFC 2606). */
const DOCUMENTED =
  /^(?:[\w.-]{0,60}\.)?(?:example|test|invalid|domain|mydomain|yourdomain|somewhere|host|hostname|server|my-?host|your-?host)(?:\.(?:com|org|net|io|dev))?(?::|\/|$|\s|["'?#])/i;

const COMMON_PASSWORDS =
  /^(?:pass(?:word|wd|w)?\d{0,4}|p[a@4]ss?(?:w[o0]rd)?\d{0,4}|secret|root|admin|user(?:name)?|postgres|mysql|mongo|redis|guest|test(?:ing)?|dev|example|changeme|foo|bar|baz|pwd|pw|pas|abc|xyz|my\w{0,12}|your\w{0,12}|some\w{0,12}|\d{1,6}|[a-z]|hunter2|token|key|auth|login|credentials?|api_?key|password_here|db_?password|key_?\w{0,6}|x+|\*+|\.+|_+|-+)$/i;

export const CREDENTIAL_URL: readonly Detector[] = [
  shape('credential-url', 'Password in a URL', {
    keywords: ['://'],
    lead: 24,
    head: { kind: 'url' },
    pattern: String.raw`(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]{1,22})://(?<user>[^\s:/?#@"'<>\x60\\|()\[\]{}$]{0,128}):(?<secret>[^\s@"'<>\x60\\/]{2,256}|[^\s@"'<>\x60\\]{2,200}(?=@[\w-]{1,63}\.))@(?<host>[^\s"'<>\x60\\]{1,200})`,
    reach: 640,
    accepts: isRealPassword,
    example: (draw) => `redis://:${draw('alnum', 24)}@cache.internal.acme.io:6379/0`,
  }),
  shape('token-url', 'Token in a URL', {
    keywords: ['://'],
    lead: 6,
    head: { kind: 'url' },
    pattern: String.raw`https?://(?<secret>[0-9A-Za-z_-]{20,256})@(?<host>[\w.-]{3,200})`,
    reach: 480,
    accepts: ({ secret }) => isDrawn(secret) && drawnBits(secret) > 25,
    example: (draw) => `https://${draw('alnum', 40)}@git.acme.io/a/b.git`,
  }),
  shape('connection-string', 'Password in a connection string', {
    keywords: ['password=', 'pwd=', 'password =', 'pwd ='],
    foldsCase: true,
    lead: 200,
    pattern: String.raw`(?:server|host|data source|addr|address|network address|uid|user id|user|dsn|driver|database|initial catalog)\s?=[^"'\x60\n\r]{1,180}?;\s{0,4}(?:password|pwd)\s?=\s?(?<secret>[^\s;"'\x60<>]{4,128})|(?:password|pwd)\s?=\s?(?<second>[^\s;"'\x60<>]{4,128});[^"'\x60\n\r]{0,120}?(?:server|host|data source|uid|user id|database|initial catalog)\s?=`,
    reach: 300,
    accepts: ({ secret }) =>
      !isPlaceholder(secret) && !COMMON_PASSWORDS.test(secret) && drawnBits(secret) > 0,
    example: (draw) => `Server=tcp:sql.acme.io,1433;User ID=sa;Password=${draw('alnum', 20)};Encrypt=true`,
  }),
  shape('jdbc-password', 'Password in a JDBC URL', {
    keywords: ['jdbc:'],
    foldsCase: true,
    pattern: String.raw`jdbc:[^\s"'\x60]{4,300}?[?&;](?:password|pwd)=(?<secret>[^\s&;"'\x60<>]{4,128})`,
    reach: 460,
    accepts: ({ secret }) => !isPlaceholder(secret) && !COMMON_PASSWORDS.test(secret),
    example: (draw) => `jdbc:mysql://db.acme.io/x?user=a&password=${draw('alnum', 20)}`,
  }),
  shape('prisma-accelerate-key', 'Prisma Accelerate key', {
    keywords: ['prisma://', 'prisma+postgres://'],
    foldsCase: true,
    pattern: String.raw`prisma(?:\+postgres)?://[\w.:-]{3,120}/?\?api_key=(?<secret>[0-9A-Za-z_.-]{24,1000})`,
    reach: 1200,
    example: (draw) => `prisma://accelerate.prisma-data.net/?api_key=eyJ${draw('alnum', 80)}`,
  }),
  shape('netrc-password', 'Password in a netrc line', {
    keywords: ['machine '],
    pattern: String.raw`machine [\w.-]{3,120}\s{1,8}login \S{1,120}\s{1,8}password (?<secret>\S{4,200})`,
    reach: 480,
    accepts: ({ secret }) => !isPlaceholder(secret) && !COMMON_PASSWORDS.test(secret),
    example: (draw) => `machine api.acme.io login me password ${draw('alnum', 20)}`,
  }),
];

/** Whether a URL the engine reports holds a password in use. */
export function isRealCredentialUrl(url: string, path: string): boolean {
  const [detector] = CREDENTIAL_URL;
  const match = new RegExp(detector!.pattern.source).exec(url);
  return (
    match === null || isRealPassword({ secret: match.groups?.['secret'] ?? '', match, before: '', path })
  );
}

function isRealPassword({ secret: written, match, path }: Found): boolean {
  const secret = decode(written);
  const { scheme = '', user = '', host = '' } = match.groups ?? {};
  if (
    secret.length < 4 ||
    isPlaceholder(secret) ||
    (user !== '' && isPlaceholder(user) && drawnBits(secret) < 20)
  )
    return false;
  // Where signs are encoded, what they stand between may be a common word: documentation shows encoding so.
  const letters = written === secret ? secret : secret.replaceAll(/[^A-Za-z0-9]/g, '');
  if (COMMON_PASSWORDS.test(letters) || secret.toLowerCase() === user.toLowerCase()) return false;
  const isWeb = /^(?:https?|ftp|wss?|git|ssh)$/i.test(scheme);
  if (DOCUMENTED.test(host) && (isWeb || drawnBits(secret) < 20)) return false;
  if (/[{}$]|%[sd]\b|\.\.\./.test(`${secret}${host.slice(0, 40)}`)) return false;
  const bits = drawnBits(secret);
  if (LOCAL.test(host)) return bits > 25;
  if (isWeb) return bits > 6 || (bits > -4 && /[^a-z]/.test(secret) && !isExamplePath(path));
  return bits > 0 || /[0-9!#$%^&*~+=]/.test(secret) || secret.length >= 12;
}

/** A percent-encoded password as it is meant. */
function decode(written: string): string {
  return written.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
