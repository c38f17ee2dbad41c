/** Mail, text messages and chat. */
import { UUID, beside, drawUuid, follows, near, shape, token } from '../build-detector.ts';
import { START } from '../detector.ts';
import type { Detector } from '../detector.ts';
import { isDrawn } from '../randomness.ts';

/** A prefix that is short and common, with each digit that may follow: fewer places to look at. */
function eachHex(prefix: string): [string, ...string[]] {
  const [first = '', ...rest] = '0123456789abcdef';
  return [prefix + first, ...rest.map((digit) => prefix + digit)];
}

export const MESSAGING: readonly Detector[] = [
  shape('sendgrid-key', 'SendGrid API key', {
    keywords: ['SG.'],
    pattern: String.raw`${START}SG\.[0-9A-Za-z_-]{16,32}\.[0-9A-Za-z_-]{32,64}(?![0-9A-Za-z_-])`,
    reach: 110,
    example: (draw) => `SG.${draw('url', 22)}.${draw('url', 43)}`,
  }),
  token('mailgun-key', 'Mailgun API key', ['key-'], 'hex', 32),
  token('mailgun-public-key', 'Mailgun key', ['pubkey-'], 'hex', 32),
  shape('mailgun-signing-key', 'Mailgun signing key', {
    keywords: ['mailgun', 'mg_api', 'mailgun.org', 'api.mailgun'],
    foldsCase: true,
    head: near('anyhex', 32),
    pattern: String.raw`(?:mailgun|mg_api)[^\n\r]{0,80}?[:=][ "']{0,4}(?:api:)?(?<secret>[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})(?![0-9a-f])`,
    reach: 240,
    example: (draw) => `MAILGUN_API_KEY=${draw('hex', 32)}-${draw('hex', 8)}-${draw('hex', 8)}`,
  }),
  shape('mailchimp-key', 'Mailchimp API key', {
    keywords: ['-us'],
    lead: 34,
    head: follows('digit', 1),
    pattern: `(?<=^|[^0-9A-Za-z])[0-9a-f]{32}-us[0-9]{1,2}(?![0-9A-Za-z])`,
    reach: 8,
    example: (draw) => `${draw('hex', 32)}-us12`,
  }),
  token('mandrill-key', 'Mandrill API key', 'md-', 'url', 22),
  beside('postmark-token', 'Postmark token', ['postmark'], UUID, drawUuid),
  shape('resend-key', 'Resend API key', {
    keywords: ['re_'],
    head: follows('alnum', 6),
    pattern: `${START}re_[0-9A-Za-z]{6,12}_[0-9A-Za-z]{20,32}(?![0-9A-Za-z_])`,
    reach: 60,
    accepts: ({ secret }) => isDrawn(secret.slice(3)) && /[0-9]/.test(secret) && /[A-Z]/.test(secret),
    example: (draw) => `re_${draw('alnum', 8)}_${draw('alnum', 24)}`,
  }),
  shape('brevo-key', 'Brevo key', {
    keywords: ['xkeysib-', 'xsmtpsib-'],
    pattern: `x(?:key|smtp)sib-[0-9a-f]{64}-[0-9A-Za-z]{16}(?![0-9A-Za-z])`,
    reach: 100,
    example: (draw) => `xkeysib-${draw('hex', 64)}-${draw('alnum', 16)}`,
  }),
  token('mailersend-token', 'MailerSend token', 'mlsn.', 'hex', 64),
  token('plunk-key', 'Plunk key', ['sk_plunk_'], 'hex', [40, 60]),
  token('twilio-key', 'Twilio API key', eachHex('SK'), 'hex', 31),
  token('twilio-sid', 'Twilio account SID', eachHex('AC'), 'hex', 31),
  beside('twilio-token', 'Twilio auth token', ['twilio'], '[0-9a-f]{32}', (draw) => draw('hex', 32)),
  beside('vonage-secret', 'Vonage secret', ['nexmo', 'vonage'], '[0-9A-Za-z]{16}', (draw) =>
    draw('alnum', 16),
  ),
  beside(
    'messagebird-key',
    'MessageBird key',
    ['messagebird', 'message_bird', 'message-bird'],
    `(?:[0-9A-Za-z]{25}|${UUID})`,
    (draw) => draw('alnum', 25),
  ),
  token('telnyx-key', 'Telnyx API key', 'KEY0', 'url', [50, 64]),
  token('onesignal-key', 'OneSignal key', ['os_v2_app_', 'os_v2_org_'], 'lower', [80, 120]),
  token('courier-key', 'Courier or Knock key', ['pk_prod_', 'sk_knock_'], 'upper', [26, 40]),
  token('novu-key', 'Novu key', ['nv_'], 'alnum', [32, 40]),
  shape('slack-token', 'Slack token', {
    keywords: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxo-', 'xoxe-', 'xoxe.xox', 'xoxc-', 'xoxd-'],
    foldsCase: true,
    pattern: String.raw`xox(?:e\.xox)?[a-z]-(?:[0-9]{1,2}-)?[0-9A-Za-z%/+-]{10,400}(?![0-9A-Za-z-])`,
    reach: 420,
    accepts: ({ secret }) => isSlackToken(secret),
    example: (draw) => `xoxb-${draw('digit', 12)}-${draw('digit', 12)}-${draw('alnum', 24)}`,
  }),
  shape('slack-app-token', 'Slack app-level token', {
    keywords: ['xapp-'],
    foldsCase: true,
    pattern: `xapp-[0-9]-[0-9A-Z]{1,20}-[0-9]{8,15}-[0-9a-z]{32,80}(?![0-9a-z])`,
    reach: 140,
    example: (draw) => `xapp-1-A${draw('upper', 10)}-${draw('digit', 13)}-${draw('hex', 64)}`,
  }),
  shape('slack-webhook', 'Slack webhook', {
    keywords: ['hooks.slack.com/'],
    foldsCase: true,
    pattern: String.raw`hooks\.slack\.com/(?:services|workflows|triggers)/(?=T|[0-9A-Za-z+/]{43})[0-9A-Za-z+/]{36,90}`,
    reach: 140,
    example: (draw) =>
      `https://hooks.slack.com/services/T${draw('upper', 9)}/B${draw('upper', 9)}/${draw('alnum', 24)}`,
  }),
  shape('discord-bot-token', 'Discord bot token', {
    keywords: ['discord', 'bot', 'token', 'client.login'],
    foldsCase: true,
    head: near('url', 23),
    pattern: String.raw`(?:discord|bot|token|client\.login)[^\n\r]{0,60}?(?<![0-9A-Za-z_.-])(?<secret>[MNO][0-9A-Za-z_-]{23,27}\.[0-9A-Za-z_-]{6}\.[0-9A-Za-z_-]{27,40})(?![0-9A-Za-z_.-])`,
    reach: 180,
    example: (draw) => `DISCORD_TOKEN=M${draw('alnum', 23)}.${draw('alnum', 6)}.${draw('url', 38)}`,
  }),
  shape('discord-webhook', 'Discord webhook', {
    keywords: ['/api/webhooks/'],
    foldsCase: true,
    pattern: `/api/webhooks/[0-9]{17,20}/[0-9A-Za-z_-]{60,72}(?![0-9A-Za-z_-])`,
    reach: 120,
    example: (draw) => `https://discord.com/api/webhooks/${draw('digit', 18)}/${draw('url', 68)}`,
  }),
  beside('discord-secret', 'Discord client secret', ['discord'], '[0-9A-Za-z_-]{32}', (draw) =>
    draw('alnum', 32),
  ),
  shape('telegram-bot-token', 'Telegram bot token', {
    keywords: [':AA', '%3AAA'],
    lead: 12,
    head: follows('url', 32),
    pattern: `(?<=^|[^0-9A-Za-z]|/bot)[0-9]{5,16}(?::|%3A)AA[0-9A-Za-z_-]{32,33}(?![0-9A-Za-z_-])`,
    reach: 44,
    example: (draw) => `${draw('digit', 10)}:AA${draw('url', 33)}`,
  }),
  shape('teams-webhook', 'Microsoft Teams webhook', {
    keywords: ['.webhook.office.com/', 'outlook.office.com/webhook'],
    foldsCase: true,
    pattern: `(?:\\.webhook\\.office\\.com|outlook\\.office\\.com)/webhook[0-9a-z]{0,4}/${UUID}@${UUID}/[A-Za-z]{4,20}/[0-9a-f]{32}/${UUID}`,
    reach: 260,
    example: (draw) =>
      `https://a.webhook.office.com/webhookb2/${drawUuid(draw)}@${drawUuid(draw)}/IncomingWebhook/${draw('hex', 32)}/${drawUuid(draw)}`,
  }),
  shape('zapier-webhook', 'Zapier webhook', {
    keywords: ['hooks.zapier.com/'],
    foldsCase: true,
    pattern: String.raw`hooks\.zapier\.com/hooks/catch/[0-9]{4,10}/[0-9A-Za-z]{5,12}`,
    reach: 70,
    accepts: () => true,
    example: (draw) => `https://hooks.zapier.com/hooks/catch/${draw('digit', 7)}/${draw('lower', 7)}/`,
  }),
];

/** A part of digits (team, user) or a version, and a last part that is drawn. */
export function isSlackToken(secret: string): boolean {
  const parts = secret.split('-');
  const last = parts.at(-1) ?? '';
  return (
    last.length >= (secret.startsWith('xoxe.') ? 100 : 18) &&
    isDrawn(last) &&
    /-(?:[0-9]{8,14}|[0-9])-/.test(secret)
  );
}
