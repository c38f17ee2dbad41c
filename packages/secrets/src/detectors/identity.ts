/** Identity providers and secret managers. */
import { UUID, beside, drawUuid, follows, near, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { drawnBits, isDrawn, isRandom } from '../randomness.ts';

export const IDENTITY: readonly Detector[] = [
  token('vault-token', 'HashiCorp Vault token', ['hvs.', 'hvb.', 'hvr.'], 'url', [24, 300], {
    accepts: ({ secret }) => isDrawn(secret.slice(4)) && (secret.length === 28 || secret.length >= 84),
  }),
  shape('vault-legacy-token', 'HashiCorp Vault token', {
    keywords: ['vault', 'token'],
    foldsCase: true,
    head: near('alnum', 24),
    pattern: String.raw`(?:vault|token)[^\n\r]{0,40}?(?<![0-9A-Za-z._/-])(?<secret>[sb]\.[0-9A-Za-z]{24})(?![0-9A-Za-z.(_])`,
    reach: 80,
    accepts: ({ secret }) => isRandom(secret.slice(2)) && drawnBits(secret.slice(2)) > 25,
    example: (draw) => `VAULT_TOKEN=s.${draw('alnum', 24)}`,
  }),
  shape('terraform-cloud-token', 'Terraform Cloud token', {
    keywords: ['.atlasv1.'],
    foldsCase: true,
    lead: 16,
    pattern: String.raw`(?<=^|[^0-9A-Za-z])[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_=-]{60,70}(?![0-9A-Za-z_=-])`,
    reach: 84,
    example: (draw) => `${draw('alnum', 14)}.atlasv1.${draw('alnum', 67)}`,
  }),
  shape('doppler-token', 'Doppler token', {
    keywords: ['dp.'],
    head: follows('alnum', 2),
    pattern: String.raw`${START}dp\.(?:pt|st|ct|sa|scim|audit|said)\.(?:[0-9a-z_-]{2,35}\.)?[0-9A-Za-z]{40,44}(?![0-9A-Za-z])`,
    reach: 100,
    example: (draw) => `dp.pt.${draw('alnum', 43)}`,
  }),
  token('onepassword-token', '1Password service account token', 'ops_eyJ', 'base64', [100, 1300]),
  shape('onepassword-secret-key', '1Password secret key', {
    keywords: ['A3-'],
    pattern: `${START}A3-[0-9A-Z]{6}-(?:[0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}(?![0-9A-Z])`,
    reach: 60,
    accepts: ({ secret }) => new Set(secret).size > 12 && /[0-9]/.test(secret.slice(3)),
    example: (draw) =>
      `A3-${draw('upper', 6)}-${draw('upper', 11)}-${draw('upper', 5)}-${draw('upper', 5)}-${draw('upper', 5)}`,
  }),
  shape('bitwarden-token', 'Bitwarden secrets manager token', {
    keywords: ['bws', 'bitwarden', 'access_token'],
    foldsCase: true,
    head: near('alnum', 30),
    pattern: String.raw`(?:bws|bitwarden|access_token)[^\n\r]{0,40}?(?<secret>0\.${UUID}\.[0-9A-Za-z]{30}:[0-9A-Za-z+/]{22}==)`,
    reach: 180,
    example: (draw) => `BWS_ACCESS_TOKEN=0.${drawUuid(draw)}.${draw('alnum', 30)}:${draw('base64', 22)}==`,
  }),
  shape('infisical-token', 'Infisical service token', {
    keywords: ['st.'],
    head: follows('url', 24),
    pattern: String.raw`${START}st\.[0-9a-f-]{24,36}\.[0-9a-f]{32,64}\.[0-9a-f]{32,64}(?![0-9a-f])`,
    reach: 180,
    example: (draw) => `st.${draw('hex', 24)}.${draw('hex', 32)}.${draw('hex', 32)}`,
  }),
  token('age-secret-key', 'age secret key', 'AGE-SECRET-KEY-1', 'upper', 58),
  shape('okta-token', 'Okta API token', {
    keywords: ['okta', 'ssws'],
    foldsCase: true,
    head: near('url', 42),
    pattern: String.raw`(?:okta|ssws)[^\n\r]{0,60}?(?<![0-9A-Za-z_-])(?<secret>00[0-9A-Za-z_-]{40})(?![0-9A-Za-z_-])`,
    reach: 130,
    accepts: ({ secret }) => isRandom(secret.slice(2)),
    example: (draw) => `OKTA_API_TOKEN=00${draw('url', 40)}`,
  }),
  beside('auth0-secret', 'Auth0 client secret', ['auth0'], '[0-9A-Za-z_-]{64}', (draw) => draw('url', 64)),
  token('stytch-secret', 'Stytch secret', ['secret-live-', 'secret-test-'], 'url', [30, 60]),
  beside('cognito-secret', 'Amazon Cognito client secret', ['cognito'], '[0-9a-z]{50,56}', (draw) =>
    draw('lower', 52),
  ),
  shape('adobe-secret', 'Adobe client secret', {
    keywords: ['p8e-', 'p8-'],
    foldsCase: true,
    pattern: `${START}p8e?-[0-9a-z]{32}(?![0-9a-z])`,
    reach: 40,
    example: (draw) => `p8e-${draw('lower', 32)}`,
  }),
  token(
    'tailscale-key',
    'Tailscale key',
    ['tskey-api-', 'tskey-auth-', 'tskey-client-', 'tskey-scim-', 'tskey-webhook-', 'tskey-'],
    'url',
    [20, 100],
  ),
  shape('ngrok-token', 'ngrok token', {
    keywords: ['ngrok', 'authtoken'],
    foldsCase: true,
    head: near('alnum', 26),
    pattern: String.raw`(?:ngrok|authtoken)[^\n\r]{0,40}?(?<![0-9A-Za-z_])(?<secret>[0-9][0-9A-Za-z]{26,29}_[0-9A-Za-z]{20,24})(?![0-9A-Za-z_])`,
    reach: 120,
    example: (draw) => `authtoken: 2${draw('alnum', 26)}_${draw('alnum', 21)}`,
  }),
  token('harness-token', 'Harness token', ['pat.', 'sat.'], 'dotted', [60, 90], {
    accepts: ({ secret }) =>
      /^[ps]at\.[0-9A-Za-z_-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20}$/.test(secret) && isDrawn(secret),
    example: (draw) => `pat.${draw('alnum', 22)}.${draw('hex', 24)}.${draw('alnum', 20)}`,
  }),
  token('defined-networking-token', 'Defined Networking token', 'dnkey-', 'url', [60, 100]),
  token('stackhawk-key', 'StackHawk key', 'hawk.', 'dotted', [36, 48]),
  token('wakatime-key', 'WakaTime key', 'waka_', 'url', 36),
  token('nightfall-key', 'Nightfall key', 'NF-', 'alnum', 32),
  token('endor-key', 'Endor Labs key', 'endr+', 'alnum', [16, 40]),
];
