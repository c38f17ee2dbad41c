/** Package and image registries. */
import { near, shape, token } from '../build-detector.ts';
import type { Detector } from '../detector.ts';
import { isPlaceholder } from '../placeholder.ts';
import { isDrawn, isRandom } from '../randomness.ts';

export const REGISTRY: readonly Detector[] = [
  token('npm-token', 'npm access token', 'npm_', 'alnum', 36),
  shape('npmrc-auth-token', 'npm registry token', {
    keywords: ['_authToken'],
    foldsCase: true,
    head: near('opaque', 16),
    pattern: String.raw`_authToken\\?["']?[ \t]{0,4}[=:][ \t]{0,4}\\?["']?(?<secret>[0-9A-Za-z_./+=~-]{16,512})`,
    reach: 540,
    accepts: ({ secret }) => isRandom(secret),
    example: (draw) => `//registry.npmjs.org/:_authToken=${draw('hex', 40)}`,
  }),
  shape('npmrc-password', 'npm registry credentials', {
    keywords: ['_auth', '_password'],
    foldsCase: true,
    head: near('base64', 12),
    pattern: String.raw`(?:_auth|_password)\\?["']?[ \t]{0,4}[=:][ \t]{0,4}\\?["']?(?<secret>[0-9A-Za-z+/]{12,512}={0,2})(?![0-9A-Za-z+/=])`,
    reach: 540,
    accepts: ({ secret }) => isNpmPassword(secret),
    example: (draw) => `_auth=${Buffer.from(`user:${draw('alnum', 20)}`).toString('base64')}`,
  }),
  shape('docker-config-auth', 'Docker registry credentials', {
    keywords: ['"auth"', String.raw`\"auth\"`],
    pattern: String.raw`\\?"auth\\?"\s{0,8}:\s{0,8}\\?"(?<secret>[0-9A-Za-z+/]{12,512}={0,2})\\?"`,
    reach: 540,
    accepts: ({ secret }) => isUserAndPassword(secret),
    example: (draw) => `"auth": "${Buffer.from(`me:${draw('alnum', 20)}`).toString('base64')}"`,
  }),
  token('docker-token', 'Docker access token', ['dckr_pat_', 'dckr_oat_'], 'url', [24, 40]),
  token(
    'pypi-token',
    'PyPI token',
    ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'],
    'url',
    [50, 1000],
  ),
  token('rubygems-token', 'RubyGems token', 'rubygems_', 'hex', 48),
  token('crates-token', 'crates.io token', 'cio', 'alnum', 32),
  token('nuget-token', 'NuGet API key', 'oy2', 'lower', 43),
  token('clojars-token', 'Clojars token', 'CLOJARS_', 'lower', 60),
  token('jfrog-api-key', 'JFrog API key', 'AKCp', 'alnum', [60, 80]),
  token('jfrog-reference-token', 'JFrog reference token', 'cmVmdGtuO', 'alnum', [50, 64]),
  token('cloudsmith-token', 'Cloudsmith token', 'csp_', 'alnum', [32, 64]),
  token('buildkite-token', 'Buildkite token', ['bkua_', 'bkat_', 'bkct_', 'bkaj_'], 'alnum', [32, 64]),
  token('thunderstore-token', 'Thunderstore token', 'tss_', 'alnum', [32, 48]),
  shape('artifactory-credentials', 'Artifactory API key or encrypted password', {
    keywords: ['artif', 'jfrog'],
    foldsCase: true,
    head: near('alnum', 11),
    pattern: String.raw`(?:artif|jfrog)[^\n\r]{0,60}?(?<![0-9A-Za-z])(?<secret>AKC[0-9A-Za-z]{10,100}|AP[0-9A-F][0-9A-Za-z]{8,100})(?![0-9A-Za-z])`,
    reach: 190,
    accepts: ({ secret }) => isDrawn(secret) && /[0-9]/.test(secret),
    example: (draw) => `artifactory_key = AKCp${draw('alnum', 40)}`,
  }),
  shape('contribsys-key', 'Sidekiq licence credentials', {
    keywords: ['contribsys'],
    foldsCase: true,
    lead: 48,
    pattern: String.raw`(?:(?<secret>[0-9a-f]{8}:[0-9a-f]{8})@(?:gems|enterprise)\.contribsys|contribsys[\w]{0,24}[\s= :"']{1,8}(?<second>[0-9a-f]{8}:[0-9a-f]{8}))`,
    reach: 64,
    accepts: () => true,
    example: (draw) => `BUNDLE_ENTERPRISE__CONTRIBSYS__COM=${draw('hex', 8)}:${draw('hex', 8)}`,
  }),
];

/** npm keeps base64 of `user:password` or of a password; where it decodes to no text, it is a token. */
function isNpmPassword(secret: string): boolean {
  const text = Buffer.from(secret, 'base64').toString('latin1');
  if (!/^[\x20-\x7e]{6,}$/.test(text)) return isRandom(secret);
  return !isPlaceholder(text.slice(text.indexOf(':') + 1));
}

/** Docker keeps base64 of `user:password`. */
export function isUserAndPassword(secret: string): boolean {
  const text = Buffer.from(secret, 'base64').toString('latin1');
  const [, password] = /^[\x21-\x39\x3b-\x7e]{1,128}:([\x20-\x7e]{4,400})$/.exec(text) ?? [];
  return password !== undefined && !/^(?:password|pass|secret|x{3,}|\*+|<.*>|\$\{.*\}?)$/i.test(password);
}
