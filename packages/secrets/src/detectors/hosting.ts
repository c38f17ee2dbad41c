/** Hosting platforms and databases as a service. */
import { UUID, beside, drawUuid, near, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';

export const HOSTING: readonly Detector[] = [
  token('vercel-token', 'Vercel token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], 'alnum', [20, 60]),
  token('vercel-blob-token', 'Vercel Blob token', 'vercel_blob_rw_', 'word', [30, 80]),
  beside('vercel-legacy-token', 'Vercel token', ['vercel'], '[0-9A-Za-z]{24}', (draw) => draw('alnum', 24)),
  token('netlify-token', 'Netlify token', ['nfp_', 'nfo_', 'nfc_', 'nfu_'], 'alnum', [36, 64]),
  beside('netlify-legacy-token', 'Netlify token', ['netlify'], '[0-9A-Za-z_-]{40,46}', (draw) =>
    draw('alnum', 43),
  ),
  token('heroku-token', 'Heroku API key', 'HRKU-AA', 'url', [50, 64]),
  token('heroku-uuid-token', 'Heroku API key', 'HRKU-', 'url', [36, 64]),
  beside('heroku-key', 'Heroku API key', ['heroku'], UUID, drawUuid),
  shape('fly-token', 'Fly.io token', {
    keywords: ['fm1_', 'fm1r_', 'fm1a_', 'fm2_', 'fo1_', 'FlyV1 '],
    pattern: String.raw`(?:FlyV1 )?f(?:m1[ar]?|m2|o1)_[0-9A-Za-z+/_-]{43,800}={0,3}`,
    reach: 820,
    example: (draw) => `fm2_${draw('base64', 120)}`,
  }),
  token('render-token', 'Render API key', 'rnd_', 'alnum', [28, 40]),
  token('runpod-key', 'RunPod API key', 'rpa_', 'alnum', [40, 60]),
  beside('railway-uuid', 'Railway token', ['railway'], UUID, drawUuid),
  token('supabase-token', 'Supabase access token', 'sbp_', 'hex', 40),
  token('supabase-secret-key', 'Supabase secret key', 'sb_secret_', 'url', [20, 60]),
  token('neon-api-key', 'Neon API key', 'napi_', 'lower', [40, 90]),
  token('neon-password', 'Neon database password', 'npg_', 'alnum', [12, 40]),
  shape('planetscale-token', 'PlanetScale credentials', {
    keywords: ['pscale_'],
    pattern: String.raw`${START}pscale_(?:tkn|pw|oauth|api)_[0-9A-Za-z_.=-]{32,64}(?![0-9A-Za-z_.=-])`,
    reach: 80,
    example: (draw) => `pscale_tkn_${draw('alnum', 43)}`,
  }),
  token('deno-token', 'Deno Deploy token', ['ddp_', 'ddo_'], 'alnum', [36, 40]),
  token('xata-key', 'Xata API key', 'xau_', 'alnum', [36, 48]),
  token('mongodb-atlas-key', 'MongoDB Atlas service account secret', 'mdb_sa_sk_', 'url', [40, 60]),
  token('fauna-key', 'Fauna key', ['fnAE', 'fnAF', 'fnAD'], 'url', [36, 60]),
  token('aiven-token', 'Aiven service password', 'AVNS_', 'url', [18, 24]),
  shape('nx-cloud-token', 'Nx Cloud access token', {
    keywords: ['NX_CLOUD_ACCESS_TOKEN', 'NX_CLOUD_AUTH_TOKEN', 'nxCloudAccessToken', 'accessToken'],
    foldsCase: true,
    head: near('base64', 56),
    pattern: String.raw`(?:NX_CLOUD_A[A-Z]{3,5}_TOKEN|nxCloudAccessToken|accessToken)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?(?<secret>[0-9A-Za-z+/]{56,100}={0,2})(?![0-9A-Za-z+/=])`,
    reach: 150,
    accepts: ({ secret }) =>
      /^[0-9a-f-]{36}\|[a-z-]{1,20}$/.test(Buffer.from(secret, 'base64').toString('latin1')),
    example: (draw) =>
      `"nxCloudAccessToken": "${Buffer.from(`${drawUuid(draw)}|read-write`).toString('base64')}"`,
  }),
  token('valtown-token', 'Val Town token', 'vtwn_', 'alnum', [26, 40]),
  token('zuplo-key', 'Zuplo key', 'zpka_', 'word', [32, 64]),
  token('unkey-key', 'Unkey root key', 'unkey_', 'alnum', [20, 40]),
  token('apify-token', 'Apify token', 'apify_api_', 'alnum', [34, 40]),
  token('prefect-token', 'Prefect token', ['pnu_', 'pnb_'], 'lower', 36),
  token('settlemint-token', 'SettleMint token', ['sm_pat_', 'sm_aat_', 'sm_sat_'], 'alnum', [16, 40]),
  token(
    'trigger-dev-key',
    'Trigger.dev key',
    ['tr_prod_', 'tr_dev_', 'tr_stg_', 'tr_pat_'],
    'alnum',
    [20, 48],
  ),
  token(
    'inngest-key',
    'Inngest signing key',
    ['signkey-prod-', 'signkey-test-', 'signkey-branch-'],
    'hex',
    [32, 64],
  ),
  token('svix-key', 'Svix token', ['testsk_', 'livesk_'], 'dotted', [20, 80]),
];
