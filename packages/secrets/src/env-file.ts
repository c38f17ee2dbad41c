/** What makes a file an env file, and what it holds. */
import { startOf } from '@bulwark/model';
import type { EnvFile, Place } from '@bulwark/model';
import { beginsAsDotenv, readDotenv } from './dotenv-lines.ts';
import type { Assignment } from './dotenv-lines.ts';
import { baseName } from './env-names.ts';
import { isPlaceholder } from './placeholder.ts';
import { isRandom } from './randomness.ts';

/** Names under which people keep templates. What such a file holds is judged all the same, by a milder measure. */
const TEMPLATE_NAME =
  /(?:^|[._-])(?:example|sample|template|tpl|tmpl|dist|defaults?|schema|skeleton|blank)(?:[._-]|$)/i;

/** Keys whose values are secrets. */
export const SECRET_KEY =
  /SECRET|TOKEN|PASSW|PWD|PASSPHRASE|API_?KEY|APIKEY|ACCESS_?KEY|PRIVATE|CREDENTIAL|_KEY$|^KEY$|_AUTH$|_DSN$|SALT|PEPPER|DATABASE_URL|_URI$|CONNECTION_STRING|WEBHOOK/i;

/** Keys that look like secrets and are made to be published. */
const PUBLIC_KEY =
  /PUBLIC|PUBLISHABLE|SITE_?KEY|CLIENT_ID$|ANON_KEY|^VITE_|^REACT_APP_|MAX|LIMIT|EXPIR|LENGTH|_URL$|_TTL$/i;

/**
 * Classifies a file whose name is an env file's. Only a template's name makes a template: whatever `.env` holds
 * today, the next value somebody needs goes into it.
 */
export function classifyByName(path: string, text: string): EnvFile {
  const name = baseName(path).toLowerCase();
  const { assignments } = readDotenv(text);
  if (name === '.env.keys' || name.endsWith('.env.keys')) return values(path, 'name', assignments[0]);
  const isTemplate = TEMPLATE_NAME.test(name);
  const classified = classify(path, 'name', assignments, isTemplate ? isRealInTemplate : isReallySet);
  return classified.holds === 'template' && !isTemplate ? values(path, 'name', undefined) : classified;
}

/**
 * Recognises an env file under another name. The evidence must be strong, or every ini file, Makefile and
 * shell script would be one: nothing but assignments and comments, at least three of them, in the spelling
 * of environment variables, and one of them a secret that is really set.
 */
export function classifyByContent(path: string, text: Buffer): EnvFile | null {
  if (text.length > LONGEST || OTHER_SYNTAX.test(baseName(path)) || !beginsAsDotenv(text)) return null;
  const { assignments, otherLines } = readDotenv(text.toString('utf8'));
  if (assignments.length < 3 || otherLines > 0) return null;
  const isSpelledSo = ({ key }: Assignment): boolean => /^[A-Z][A-Z0-9_]*$/.test(key);
  if (!assignments.every(isSpelledSo)) return null;
  const isSecret = ({ key, value }: Assignment): boolean =>
    SECRET_KEY.test(key) && !PUBLIC_KEY.test(key) && isRealInTemplate({ key, value });
  if (!assignments.some(isSecret)) return null;
  return classify(path, 'content', assignments, isRealInTemplate);
}

/** Bytes; no env file is longer. */
const LONGEST = 100_000;
const OTHER_SYNTAX =
  /^(?:makefile|dockerfile|procfile|gemfile)|\.(?:mk|make|ini|cfg|conf|cnf|properties|sh|bash|zsh|ksh|fish|ps1|bat|cmd|service|desktop|toml|ya?ml|json5?|jsonc|[cm]?[jt]sx?|md|mdx|rst|html?|xml|css|scss|py|rb|go|rs|java|kt|php|c|h|cpp|sql|csv|tsv|lock|diff|patch|po|strings|gradle|cmake|tf|tfvars|hcl)$/i;

function classify(
  path: string,
  by: EnvFile['by'],
  assignments: readonly Assignment[],
  isReal: (assignment: Pick<Assignment, 'key' | 'value'>) => boolean,
): EnvFile {
  const isEncrypted =
    assignments.some(({ value }) => isCipherText(value)) || baseName(path).toLowerCase() === '.env.vault';
  const plain = assignments.filter(({ key, value }) => !isCipherText(value) && !isEnvelope(key));
  const real = plain.find(isEncrypted ? isRealInTemplate : isReal);
  if (real) return values(path, by, real);
  const holds = isEncrypted ? 'encrypted' : 'template';
  return { by, holds, place: startOf(path), variable: null };
}

function values(path: string, by: EnvFile['by'], first: Assignment | undefined): EnvFile {
  const place: Place = first
    ? { path, line: first.line, column: first.column, endLine: first.line, endColumn: first.endColumn }
    : startOf(path);
  return { by, holds: 'values', place, variable: first?.key ?? null };
}

/** dotenvx writes `encrypted:…`, SOPS `ENC[AES256_GCM,data:…]`. */
function isCipherText(value: string): boolean {
  return /^encrypted:[A-Za-z0-9+/=]{20,}$/.test(value) || value.startsWith('ENC[AES256_GCM,data:');
}

/** What the tools write beside the values: public keys, SOPS's own record, dotenv-vault's cipher texts. */
function isEnvelope(key: string): boolean {
  return /^DOTENV_PUBLIC_KEY|^DOTENV_VAULT_|^sops_/.test(key);
}

function isReallySet({ value }: Pick<Assignment, 'key' | 'value'>): boolean {
  return !isPlaceholder(value);
}

/** A template may say that the port is 3000; it may not hold a key. */
function isRealInTemplate({ key, value }: Pick<Assignment, 'key' | 'value'>): boolean {
  if (isPlaceholder(value) || /^(?:true|false|[\d.]+[a-z]{0,2})$/i.test(value)) return false;
  if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY/.test(value)) return true;
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(value)) return hasRealPassword(value);
  return SECRET_KEY.test(key) && !PUBLIC_KEY.test(key) && isRandom(value);
}

function hasRealPassword(url: string): boolean {
  const [, password] = /^[^/]{1,24}\/\/[^\s:@/]{0,100}:([^\s/]{1,200})@/.exec(url) ?? [];
  return password !== undefined && !isPlaceholder(password) && isRandom(password);
}
