/** Clouds and what runs on them. */
import { ASSIGN, UUID, beside, drawUuid, follows, near, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { isDocumented } from '../documented.ts';
import { drawnBits, isDrawn } from '../randomness.ts';

/** A web app's Firebase configuration is sent to every browser; its key is public by design (Firebase, "API keys"). */
function isFirebaseConfig(around: string): boolean {
  return /authDomain|messagingSenderId|storageBucket|measurementId/.test(around);
}

const AWS_NAME = String.raw`(?:aws[\w.-]{0,24}(?:key|secret|token|pwd|pw)|secret[_-]?access[_-]?key)`;

export const CLOUD: readonly Detector[] = [
  token(
    'aws-access-key-id',
    'AWS access key id',
    ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'],
    'upper',
    [16, 17],
    {
      accepts: ({ secret }) =>
        secret.length === 20 && isDrawn(secret.slice(4)) && drawnBits(secret.slice(4)) > 0,
    },
  ),
  shape('aws-secret-access-key', 'AWS secret access key', {
    keywords: ['secret', 'aws'],
    foldsCase: true,
    head: near('base64', 40),
    core: `^${AWS_NAME}`,
    pattern: String.raw`${AWS_NAME}${ASSIGN}(?<secret>[0-9A-Za-z+/]{40})(?![0-9A-Za-z+/=])`,
    reach: 240,
    accepts: ({ secret }) => isMixed(secret),
    example: (draw) => `aws_secret_access_key = ${draw('base64', 40)}`,
  }),
  token(
    'aws-session-token',
    'AWS session token',
    ['FwoGZXIvYXdzE', 'IQoJb3JpZ2lu', 'FQoGZXIvYXdzE', 'FQoDYXdzE'],
    'base64',
    [80, 2000],
  ),
  token('aws-bedrock-key', 'Amazon Bedrock API key', 'ABSK', 'base64', [109, 270]),
  token('aws-appsync-key', 'AWS AppSync API key', 'da2-', 'lower', 26),
  shape('aws-mws-token', 'Amazon MWS token', {
    keywords: ['amzn.mws.'],
    foldsCase: true,
    pattern: `amzn\\.mws\\.(?<secret>${UUID})`,
    reach: 50,
    example: (draw) => `amzn.mws.${drawUuid(draw)}`,
  }),
  token('google-api-key', 'Google API key', 'AIza', 'url', 35, {
    accepts: ({ secret, match, before }) =>
      isDrawn(secret) &&
      !isDocumented(secret) &&
      !isFirebaseConfig(`${before}${match.input.slice(match.index, match.index + 300)}`),
  }),
  token('google-oauth-secret', 'Google OAuth client secret', 'GOCSPX-', 'url', 28),
  token('google-oauth-token', 'Google OAuth access token', 'ya29.', 'dotted', [40, 400]),
  token('google-refresh-token', 'Google OAuth refresh token', ['1//0'], 'url', [40, 120]),
  shape('fcm-server-key', 'Firebase Cloud Messaging server key', {
    keywords: [':APA91b'],
    lead: 12,
    head: follows('url', 40),
    pattern: String.raw`(?<![0-9A-Za-z_-])[0-9A-Za-z_-]{11}:APA91b[0-9A-Za-z_-]{128,140}(?![0-9A-Za-z_-])`,
    reach: 160,
    example: (draw) => `AAAA${draw('url', 7)}:APA91b${draw('url', 134)}`,
  }),
  shape('azure-client-secret', 'Azure client secret', {
    keywords: ['Q~'],
    lead: 6,
    head: follows('dotted', 1),
    pattern: String.raw`(?<=^|[^0-9A-Za-z_~.-])[0-9A-Za-z_~.]{3}[0-9]Q~[0-9A-Za-z_~.-]{31,34}(?![0-9A-Za-z_~.-])`,
    reach: 42,
    example: (draw) => `${draw('alnum', 3)}8Q~${draw('alnum', 34)}`,
  }),
  shape('azure-storage-key', 'Azure storage account key', {
    keywords: ['AccountKey', 'account_key', 'storage', 'SharedAccessKey'],
    foldsCase: true,
    head: near('base64', 43),
    pattern: String.raw`(?:AccountKey|account_key|storage[\w.-]{0,24}key|SharedAccessKey)[\w.-]{0,24}\\?["']?[ \t]{0,4}[=:>][ \t]{0,4}\\?["']?(?<secret>[0-9A-Za-z+/]{86}==|[0-9A-Za-z+/]{43}=)(?![0-9A-Za-z+/=])`,
    reach: 180,
    example: (draw) => `AccountKey=${draw('base64', 86)}==`,
  }),
  shape('azure-sas-signature', 'Azure shared access signature', {
    keywords: ['sig='],
    foldsCase: true,
    pattern: String.raw`sig=(?<secret>[0-9A-Za-z%+/]{43,80}(?:%3D|=))(?![0-9A-Za-z%=])`,
    reach: 100,
    example: (draw) => `https://a.blob.core.windows.net/c?sv=2024-11-04&sig=${draw('alnum', 43)}%3D`,
  }),
  shape('azure-service-key', 'Azure service key', {
    keywords: [
      'AzSe',
      '+AMC',
      '+ASb',
      '+AEh',
      '+ARm',
      'ACDb',
      '+ACR',
      'AzFu',
      'AzCa',
      'AIoT',
      '+ABa',
      'APIM',
      '+ASt',
    ],
    lead: 80,
    head: follows('base64', 4),
    pattern: String.raw`(?<=^|[^0-9A-Za-z+/])[0-9A-Za-z+/]{33,76}(?:AzSe|\+AMC|\+ASb|\+AEh|\+ARm|ACDb|\+ACR|AzFu|AzCa|AIoT|\+ABa|APIM|\+ASt)[0-9A-Za-z+/]{4,10}={0,2}(?![0-9A-Za-z+/=])`,
    reach: 16,
    accepts: ({ secret }) => isDrawn(secret) && drawnBits(secret) > 60,
    example: (draw) => `${draw('alnum', 42)}AzSe${draw('alnum', 6)}`,
  }),
  beside(
    'azure-openai-key',
    'Azure AI key',
    ['azure', 'cognitive', 'bing', 'luis', 'apim'],
    '[0-9a-f]{32}',
    (draw) => draw('hex', 32),
  ),
  shape('azure-function-key', 'Azure function key', {
    keywords: ['code='],
    head: follows('url', 40),
    pattern: String.raw`code=(?<secret>[0-9A-Za-z_-]{40,56}={0,2})(?![0-9A-Za-z=%])`,
    reach: 72,
    accepts: ({ secret, before }) => /azurewebsites\.net\/api\/[^\s]{1,100}$/.test(before) && isMixed(secret),
    example: (draw) => `https://a.azurewebsites.net/api/f?code=${draw('alnum', 54)}==`,
  }),
  token('digitalocean-token', 'DigitalOcean token', ['dop_v1_', 'doo_v1_', 'dor_v1_'], 'hex', 64),
  token('digitalocean-spaces-key', 'DigitalOcean Spaces key', 'DO00', 'upper', 16),
  token('alibaba-key-id', 'Alibaba Cloud access key id', 'LTAI', 'alnum', [16, 26]),
  token('tencent-secret-id', 'Tencent Cloud secret id', 'AKID', 'alnum', [32, 48]),
  token('yandex-api-key', 'Yandex Cloud API key', ['AQVN', 'AQVM'], 'url', [35, 38]),
  token(
    'yandex-access-key',
    'Yandex Cloud access key',
    ['YCAJE', 'YCP', 'YCM', 'YCN', 'YCO'],
    'url',
    [20, 40],
  ),
  shape('yandex-iam-token', 'Yandex Cloud IAM token', {
    keywords: ['t1.'],
    head: follows('url', 10),
    pattern: String.raw`${START}t1\.[0-9A-Za-z_-]{10,400}={0,2}\.[0-9A-Za-z_-]{86}={0,2}(?![0-9A-Za-z_-])`,
    reach: 520,
    example: (draw) => `t1.${draw('url', 60)}.${draw('url', 86)}`,
  }),
  shape('yandex-oauth-token', 'Yandex OAuth token', {
    keywords: ['y0_', 'y1_', 'y2_', 'y3_'],
    pattern: `${START}y[0-3]_[0-9A-Za-z_-]{55,58}(?![0-9A-Za-z_-])`,
    reach: 64,
    example: (draw) => `y0_${draw('alnum', 55)}`,
  }),
  token('scaleway-key', 'Scaleway access key', 'SCW', 'upper', 17),
  token('exoscale-key', 'Exoscale API key', 'EXO', 'hex', 24),
  token('openshift-token', 'OpenShift token', 'sha256~', 'url', 43),
  token('pulumi-token', 'Pulumi access token', 'pul-', 'hex', 40),
  token('scalingo-token', 'Scalingo token', 'tk-us-', 'url', 48),
  token('infracost-key', 'Infracost key', 'ico-', 'alnum', 32, {
    accepts: ({ secret }) => /[A-Z]/.test(secret) && /[a-z]/.test(secret.slice(4)) && isDrawn(secret),
  }),
  token('octopus-key', 'Octopus Deploy key', 'API-', 'upper', [25, 30]),
  token('clickhouse-key', 'ClickHouse Cloud key', '4b1d', 'alnum', 38),
  shape('cloudflare-origin-key', 'Cloudflare origin CA key', {
    keywords: ['v1.0-'],
    pattern: `${START}v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}(?![0-9a-f])`,
    reach: 190,
    example: (draw) => `v1.0-${draw('hex', 24)}-${draw('hex', 146)}`,
  }),
];

/** Base64 and the like of random bytes hold capitals, small letters and digits. */
function isMixed(secret: string): boolean {
  return (
    /[a-z]/.test(secret) &&
    /[A-Z]/.test(secret) &&
    /[0-9]/.test(secret) &&
    isDrawn(secret) &&
    drawnBits(secret) > 30
  );
}
