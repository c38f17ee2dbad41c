/** Secrets that a file's name announces and its bytes confirm: key stores, keys in DER, password files. */
import { createHash, createPrivateKey } from 'node:crypto';
import { baseName } from './env-names.ts';
import { createLines } from './lines.ts';
import { MAY_BE_KEY_STORE, MAY_BE_PASSWORDS, pathKinds } from './path-kinds.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Match } from './result.ts';

const PASSWORD_FILE = /^(?:\.pgpass|pgpass\.conf)$/i;
/** A trust store holds certificates only. */
const TRUST = /trust|ca-?certs?/i;

/** Whether a path's name announces one. */
export function mayBeKeyStore(path: string): boolean {
  const kinds = pathKinds(path);
  if ((kinds & MAY_BE_KEY_STORE) !== 0) return true;
  return (kinds & MAY_BE_PASSWORDS) !== 0 && PASSWORD_FILE.test(baseName(path));
}

export function findByPath(path: string, bytes: Uint8Array): Match[] {
  const name = baseName(path);
  if (PASSWORD_FILE.test(name)) return passwordsOf(Buffer.from(bytes));
  const isStore = (pathKinds(path) & MAY_BE_KEY_STORE) !== 0;
  const title = isStore && !TRUST.test(name) ? titleOf(Buffer.from(bytes)) : null;
  if (title === null) return [];
  return [
    {
      detector: 'bulwark/key-store',
      title,
      ruleIds: ['bulwark/key-store', '@bulwark/secretlint-rule-private-key'],
      // The whole file is the secret; its hash stands for it.
      secret: createHash('sha256').update(bytes).digest('hex'),
      span: { line: 1, column: 1, endLine: 1, endColumn: 1 },
      rank: RANK,
    },
  ];
}

const RANK = 40;

/** What the first bytes say. Formats: RFC 7292 §4, the JDK's KeyStore, KeePass's KDBX, RFC 5208. */
function titleOf(bytes: Buffer): string | null {
  const magic = bytes.toString('hex', 0, 4);
  if (magic === 'feedfeed' || magic === 'cececece') return 'Java key store';
  if (magic === '03d9a29a') return 'KeePass database';
  if (magic === '1ef1b5b0') return 'Private key in PVK';
  if (bytes[0] !== SEQUENCE) return null;
  if (bytes.subarray(2, 8).includes(Buffer.from([0x02, 0x01, 0x03]))) return 'PKCS#12 key store';
  if (bytes.length < LONGEST_KEY && bytes.subarray(0, 40).includes(PBES2)) return 'Encrypted private key';
  return isPrivateKey(bytes) ? 'Private key' : null;
}

const SEQUENCE = 0x30;
const LONGEST_KEY = 20_000;
/** The object id 1.2.840.113549.1.5.13, with which an encrypted PKCS#8 key begins. */
const PBES2 = Buffer.from('2a864886f70d01050d', 'hex');

function isPrivateKey(key: Buffer): boolean {
  if (key.length > LONGEST_KEY) return false;
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key, format: 'der', type });
      return true;
    } catch {
      return false;
    }
  });
}

/** `host:port:database:user:password`, one a line (PostgreSQL manual, "The Password File"). */
function passwordsOf(text: Buffer): Match[] {
  const lines = createLines(text);
  const matches: Match[] = [];
  for (const match of text
    .toString('latin1')
    .matchAll(/^(?!#)((?:[^:\n\\]|\\.){1,200}:){4}([^\r\n]{1,500})$/gm)) {
    const [all, , secret = ''] = match;
    if (isPlaceholder(secret) || secret === '*') continue;
    const from = match.index + all.length - secret.length;
    matches.push({
      detector: 'bulwark/pgpass',
      title: 'Password of a PostgreSQL password file',
      ruleIds: ['bulwark/pgpass', '@bulwark/secretlint-rule-credential-url'],
      secret: text.toString('utf8', from, from + secret.length),
      span: lines.span(from, from + secret.length),
      rank: RANK,
    });
  }
  return matches;
}
