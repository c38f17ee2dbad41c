/** The engine's findings as matches: cut to the secret, judged, titled in our own words. */
import { createLines } from './lines.ts';
import type { Match } from './result.ts';
import type { Engine, EngineMessage, EngineRules } from './secretlint.ts';
import { isGithubToken } from './detectors/source-hosting.ts';
import { isSlackToken } from './detectors/messaging.ts';
import { isRealCredentialUrl } from './detectors/credential-url.ts';
import { isDrawn } from './randomness.ts';

/** Larger texts go to the engine in pieces: its patterns may take a time that grows with the square of a line. */
const PIECE = 128 * 1024;
/** The longest match a rule allows is about 12 kB. */
const OVERLAP = 16 * 1024;

/**
 * Runs the preset on the pieces of a text that hold one of the given places, which are bytes. The engine is asked for
 * only if it could report something there that stands.
 */
export async function findByPreset(
  engine: () => Promise<Engine>,
  path: string,
  text: Buffer,
  places: readonly number[],
): Promise<Match[]> {
  const open = places.filter((at) => !isIdleUrl(path, text, at));
  return open.length === 0 ? [] : findInPieces(await engine(), 'preset', path, text, pieceStarts(text, open));
}

/** Bytes a URL with a password takes at most: scheme, user, password, host. */
const LONGEST_URL = 800;

/** The same for a database, whose name and options count too; a character may take three bytes. */
const LONGEST_DATABASE_URL = 4_096;

const DATABASE = /(?:mongodb(?:\+srv)?|(?:jdbc:)?mysqlx?|postgres(?:ql)?)$/i;
/** What the rule of databases reports, behind the scheme. */
const DATABASE_URL = /^:\/\/[^:/\s]{1,100}:[^@/\s]{1,200}@[^/\s?]{1,100}(?:\/[^?\s]{0,100})?(?:\?\S{0,500})?/;
const WEB = /(?:https?|ftps?)$/;

/** Whether at `://` the rules of passwords in URLs could only report what `toMatch` turns down, or nothing. */
function isIdleUrl(path: string, text: Buffer, at: number): boolean {
  if (text.toString('latin1', at, at + 3) !== '://') return false;
  const before = text.toString('latin1', Math.max(0, at - 11), at);
  const [database] = DATABASE.exec(before) ?? [];
  if (database !== undefined) {
    const [found] = DATABASE_URL.exec(text.toString('utf8', at, at + LONGEST_DATABASE_URL)) ?? [];
    return found === undefined || passwordUrl(database + found, path) === null;
  }
  const [scheme] = WEB.exec(before) ?? [];
  if (scheme === undefined) return true;
  const url = scheme + text.toString('latin1', at, at + LONGEST_URL);
  const [credentials] = /^[a-z]{3,5}:\/\/[-\w]{1,256}:[-\w]{1,256}@[-\w%.+~#=]{1,256}/.exec(url) ?? [];
  if (credentials === undefined || !credentials.includes('.', credentials.indexOf('@'))) return true;
  return !isRealCredentialUrl(credentials, path);
}

/** Runs the rules a repository adds on a whole text, piece by piece where it is large. */
export async function findByExtraRules(engine: Engine, path: string, text: Buffer): Promise<Match[]> {
  const starts = [];
  for (
    let start = 0;
    start === 0 || start < text.length;
    start += text.length <= PIECE ? text.length + 1 : PIECE
  )
    starts.push(start);
  return findInPieces(engine, 'extra', path, text, starts);
}

async function findInPieces(
  engine: Engine,
  rules: EngineRules,
  path: string,
  text: Buffer,
  starts: readonly number[],
): Promise<Match[]> {
  const matches: Match[] = [];
  for (const start of starts) {
    const end = text.length <= PIECE ? text.length : Math.min(text.length, start + PIECE + OVERLAP);
    const piece = text.subarray(start, end);
    const content = piece.toString('utf8');
    const lines = createLines(text);
    for (const message of await engine(path, content, rules)) {
      const match = rules === 'preset' ? toMatch(message, path, content) : toPlainMatch(message, content);
      if (match === null) continue;
      const from = start + byteOf(piece, content, match.from);
      const span = lines.span(from, from + Buffer.byteLength(match.secret));
      matches.push({
        ...match.match,
        secret: match.secret,
        span,
        ruleIds: [message.ruleId],
        rank: ENGINE_RANK,
      });
    }
  }
  return matches;
}

const ENGINE_RANK = 20;

function pieceStarts(text: Buffer, places: readonly number[]): number[] {
  if (text.length <= PIECE) return [0];
  const pieces = new Set(
    places.flatMap((place) => [place, Math.max(0, place - OVERLAP)].map((at) => Math.floor(at / PIECE))),
  );
  return [...pieces].toSorted((a, b) => a - b).map((piece) => piece * PIECE);
}

/** Where a character of the decoded text stands in the bytes. Equal in ASCII; exact where the bytes are valid UTF-8. */
function byteOf(piece: Buffer, content: string, index: number): number {
  if (content.length === piece.length) return index;
  const length = Buffer.byteLength(content.slice(0, index));
  if (!content.includes('\ufffd')) return length;
  return byteByLine(piece, content, index);
}

/** Invalid bytes decode to a longer character, so count whole lines, which no decoding changes, and then the line's characters. */
function byteByLine(piece: Buffer, content: string, index: number): number {
  let start = 0;
  for (let at = content.indexOf('\n'); at !== -1 && at < index; at = content.indexOf('\n', at + 1)) {
    start = piece.indexOf(10, start) + 1;
  }
  const column = index - (content.lastIndexOf('\n', index - 1) + 1);
  const end = piece.indexOf(10, start);
  const line = piece.subarray(start, end === -1 ? piece.length : end);
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (line.toString('utf8', 0, middle).length < column) low = middle + 1;
    else high = middle;
  }
  return start + low;
}

interface Cut {
  readonly from: number;
  readonly secret: string;
  readonly match: Pick<Match, 'detector' | 'title'>;
}

/** Cuts a message to what is secret in it; `null` for a placeholder or a default of local development. */
function toMatch({ ruleId, messageId, from, to }: EngineMessage, path: string, content: string): Cut | null {
  const name = ruleId.replace('@secretlint/secretlint-rule-', '');
  const match = { detector: `secretlint/${name}`, title: TITLES[messageId] ?? TITLES[name] ?? messageId };
  let secret = content.slice(from, to);
  let start = from;
  if (name === 'gcp') {
    const pem = /-----BEGIN[^"]{0,10000}/.exec(secret);
    start = from + (pem?.index ?? 0);
    secret = pem?.[0] ?? secret;
  } else if (name === 'basicauth' || name === 'database-connection-string') {
    const url = passwordUrl(secret, path);
    if (url === null) return null;
    secret = url;
  } else if (name === 'github' && /^gh[a-z]_/.test(secret)) {
    if (!isGithubToken({ secret }) && !(secret.includes('.') && isDrawn(secret))) return null;
  } else if (messageId === 'SLACK_TOKEN') {
    if (!isSlackToken(secret)) return null;
  } else if (name !== 'privatekey' && !isDrawn(secret.replace(/^[a-z_]{2,12}[-_.]/i, ''))) {
    return null;
  }
  return { from: start, secret, match };
}

/** What the engine takes for a URL with a password, cut where the URL ends; `null` if the password is none in use. */
function passwordUrl(reported: string, path: string): string | null {
  if (/[<{$]/.test(reported.slice(0, 100))) return null;
  const whole = /^[^\s"'`<>\\,;)|]{1,2000}/.exec(reported)?.[0] ?? reported;
  // A password may hold a parenthesis; where it opens behind that, something else begins.
  const open = whole.indexOf('(', whole.lastIndexOf('@') + 1);
  const url = open === -1 ? whole : whole.slice(0, open);
  return isRealCredentialUrl(url, path) ? url : null;
}

/** A finding of a rule we know nothing of stands as it is. */
function toPlainMatch({ ruleId, messageId, from, to }: EngineMessage, content: string): Cut {
  return { from, secret: content.slice(from, to), match: { detector: ruleId, title: messageId } };
}

/** By message id or rule. A message id that is not listed is printed as it is. */
const TITLES: Readonly<Record<string, string>> = {
  AWSSecretAccessKey: 'AWS secret access key',
  PrivateKeyJSON: 'Google service account key',
  privatekey: 'Private key',
  basicauth: 'Password in a URL',
  'database-connection-string': 'Password in a database URL',
  npm: 'npm token',
  slack: 'Slack token',
  IncomingWebhook: 'Slack webhook',
  sendgrid: 'SendGrid API key',
  shopify: 'Shopify token',
  github: 'GitHub token',
  openai: 'OpenAI API key',
  anthropic: 'Anthropic API key',
  groq: 'Groq API key',
  huggingface: 'Hugging Face token',
  linear: 'Linear API key',
  notion: 'Notion token',
  '1password': '1Password token',
  stripe: 'Stripe key',
  gitlab: 'GitLab token',
  docker: 'Docker token',
  figma: 'Figma token',
  tailscale: 'Tailscale key',
  grafana: 'Grafana token',
  'hashicorp-vault': 'HashiCorp Vault token',
  databricks: 'Databricks token',
  vercel: 'Vercel token',
  cloudflare: 'Cloudflare token',
};
