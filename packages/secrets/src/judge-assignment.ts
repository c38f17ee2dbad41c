/** Whether a value under a name is a secret in use. */
import type { Found } from './detector.ts';
import { isPlaceholder } from './placeholder.ts';
import { drawnBits, isDrawn } from './randomness.ts';

/** Names that speak of a secret and do not hold one. */
const NOT_HOLDING =
  /(?:name|id|ids|path|file|dir|folder|arn|ref|url|uri|endpoint|version|type|length|len|size|count|limit|max|min|label|placeholder|prefix|suffix|regexp?|pattern|format|expir\w*|ttl|age|timeout|field|input|hint|policy|provider|manager|service|store|header|param(?:eter)?s?|class|style|color|text|title|message|error|description|algorithm|alg|issuer|audience|scope|scopes|status|state|enabled|required|valid\w*|method|code|codes|mode|kind|index|at|on|by|from|for)$/i;
const PUBLIC =
  /public|publish|primary_?key|foreign|sort_?key|partition|cache_?key|keyboard|keyframe|keycode|keydown|keyup|keypress|keyof|monkey|turkey|hotkey|tokeniz|author|authent|authority|(?<!h)hash|digest|checksum|integrity|shasum|etag|finger|thumbprint|commit|revision|site_?key|csrf|xsrf|next|page|cursor|continuation|pass(?:ed|ing|es|ive|age|enger|port|through)|compass|bypass|encompass|keyword|saltwater|basalt|obsession|accredit|possession|webpack|query_?key|translation|i18n|locale|msgid|resolved|build_?key|object_?key|idempotency/i;

type Strength = 'password' | 'strong' | 'weak';

const WEAK_ONLY =
  /^(?:key|auth|cred|salt|pepper|licen[sc]e|signature|hmac|cipher|session|cookie|jwt|webhook|bearer|otp|seed|pass)$/i;

/** Code that is a value's place and no value: a call, a member, a type. */
const CODE =
  /[(){}[\];]|=>|^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^(?:await|new|this|self|string|number|boolean|null|undefined|true|false|none)$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HASH = /^(?:sha(?:1|256|384|512)|md5)[-:]|^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const FIXTURE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|docs?|demos?|specs?|e2e|stories|testdata|snapshots?)\/|\.(?:test|spec|stories|fixture|snap)\.|\.(?:md|mdx|rst|adoc)$/i;

export function isSecretValue(found: Found): boolean {
  const { word = '', tail = '', quoted, bare, operator = '' } = found.match.groups ?? {};
  const value = quoted ?? bare ?? '';
  const head = /[\w.$-]{0,48}$/.exec(found.before)?.[0] ?? '';
  const name = `${head}${word}${tail}`;
  if (/^\s+$/.test(operator) && !isBySpace(found.before, head, quoted !== undefined)) return false;
  if (PUBLIC.test(name) || NOT_HOLDING.test(tail.trim()) || isUnlikely(value)) return false;
  const strength = strengthOf(name, word);
  if (UUID.test(value))
    return strength !== 'weak' && /api|secret|token|access|private|auth/i.test(name) && isDrawn(value);
  if (HASH.test(value)) return isHashedSecret(name, value);
  return hasEvidence(value, strength, quoted !== undefined, found.path);
}

/** A space stands for `=` on a command line (`--token x`), in a Dockerfile (`ENV TOKEN x`), and before a quote. */
function isBySpace(before: string, head: string, isQuoted: boolean): boolean {
  const lead = before.slice(0, before.length - head.length);
  return isQuoted || head.startsWith('--') || /(?:^|\s)(?:ENV|ARG|export|set|setenv|define)\s+$/i.test(lead);
}

function isUnlikely(value: string): boolean {
  return (
    isPlaceholder(value) ||
    CODE.test(value) ||
    value.includes('://') ||
    /^[./~@#]|^[\d.,:_+-]+$|YYYY|\\[wdsb]|\[\^|\)\?/.test(value)
  );
}

function strengthOf(name: string, word: string): Strength {
  if (/passw|pwd|passphrase|passcode|[_-]pass(?:$|[^a-z])|^pass$|[a-z]Pass$/i.test(name)) return 'password';
  if (
    /secret|token|api[_.-]?key|access[_.-]?key|private[_.-]?key|client[_.-]?key|auth[_.-]?key|encrypt\w*[_.-]?key|sign\w*[_.-]?key|master[_.-]?key|credential/i.test(
      name,
    )
  )
    return 'strong';
  return WEAK_ONLY.test(word) ? 'weak' : 'strong';
}

/** As many hex digits as a hash has: only a name that can mean nothing else makes it a secret. */
function isHashedSecret(name: string, value: string): boolean {
  return (
    /api|secret|token|access|encrypt|sign|private|auth|passw|master|client|session|cookie|jwt/i.test(name) &&
    !/^(?:sha|md5)/i.test(value) &&
    isDrawn(value)
  );
}

function hasEvidence(value: string, strength: Strength, isQuoted: boolean, path: string): boolean {
  if (!isDrawn(value)) return false;
  const bits = drawnBits(value) - (FIXTURE.test(path) ? 12 : 0);
  const digits = value.match(/[0-9]/g)?.length ?? 0;
  if (strength === 'password')
    return (
      value.length >= (isQuoted ? 6 : 8) && bits > 4 && (digits > 0 || /[^A-Za-z]/.test(value) || bits > 20)
    );
  if (strength === 'strong') return value.length >= 12 && bits > 12 && (digits > 0 || bits > 35);
  return value.length >= 16 && bits > 26 && digits > 1;
}
