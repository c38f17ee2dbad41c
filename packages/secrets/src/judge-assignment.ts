/** Whether a value under a name is a secret in use. */
import type { Found } from './detector.ts';
import { isPlaceholder } from './placeholder.ts';
import { drawnBits, isDrawn } from './randomness.ts';

/** Names that speak of a secret and do not hold one. */
const NOT_HOLDING =
  /(?:name|id|ids|path|file|dir|folder|arn|ref|url|uri|endpoint|version|type|length|len|size|count|limit|max|min|label|placeholder|prefix|suffix|regexp?|pattern|format|expir\w*|ttl|age|timeout|field|input|hint|policy|provider|manager|service|store|header|param(?:eter)?s?|class|style|color|text|title|message|error|description|algorithm|alg|issuer|audience|scope|scopes|status|state|enabled|required|valid\w*|method|code|codes|mode|kind|index|at|on|by|from|for)$/i;
const PUBLIC =
  /pub_?key|public|publish|primary_?key|foreign|sort_?key|partition|cache_?key|keyboard|keyframe|keycode|keydown|keyup|keypress|keyof|monkey|turkey|hotkey|tokeniz|author|authent|authority|(?<!h)hash|digest|checksum|integrity|shasum|etag|finger|thumbprint|commit|revision|site_?key|csrf|xsrf|next|page|cursor|continuation|pass(?:ed|ing|es|ive|age|enger|port|through)|compass|bypass|encompass|keyword|saltwater|basalt|obsession|accredit|possession|webpack|query_?key|translation|i18n|locale|msgid|resolved|build_?key|object_?key|idempotency/i;

type Strength = 'password' | 'strong' | 'weak';

const WEAK_ONLY =
  /^(?:key|auth|cred|salt|pepper|licen[sc]e|signature|hmac|cipher|session|cookie|jwt|webhook|bearer|otp|seed|pass|access|private|api)$/i;

/** Code that stands where a value would: a call, an index, a member, a word of the language. */
const CODE = /[(){}[\];]|=>/;
const MEMBER = /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*){1,12}$/;
const LANGUAGE = /^(?:await|new|this|self|string|number|boolean|null|undefined|true|false|none)$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const HASH = /^(?:sha(?:1|256|384|512)|md5)[-:]|^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
export const FIXTURE =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|fixtures?|examples?|samples?|docs?|demos?|specs?|e2e|stories|testdata|snapshots?)\/|\.(?:test|spec|stories|fixture|snap)\.|\.(?:md|mdx|rst|adoc)$/i;

export function isSecretValue(found: Found): boolean {
  const { word = '', tail = '', quoted, bare, operator = '' } = found.match.groups ?? {};
  const value = quoted ?? bare ?? '';
  const head = /[\w.$-]{0,48}$/.exec(found.before)?.[0] ?? '';
  const name = `${head}${word}${tail}`;
  if (!startsWord(head, word)) return false;
  if (/^(?:\s+|-)$/.test(operator) && !isBySpace(found.before, head, operator, quoted !== undefined)) {
    return tail === '' && !PUBLIC.test(name) && value.length >= 20 && isRandomWord(value);
  }
  if (PUBLIC.test(name) || NOT_HOLDING.test(tail.trim()) || isUnlikely(value)) return false;
  const strength = strengthOf(name, word);
  if (UUID.test(value))
    return /api|secret|token|access|private|auth|[0-9a-z][_-]key$/i.test(name) && isDrawn(value);
  if (HASH.test(value)) return isHashedSecret(name, value);
  return hasEvidence(value, strength, quoted !== undefined, found.path, /[,(]/.test(operator));
}

/** A space stands for `=` on a command line (`--token x`), in a Dockerfile (`ENV TOKEN x`), and before a quote. */
function isBySpace(before: string, head: string, operator: string, isQuoted: boolean): boolean {
  const lead = before.slice(0, before.length - head.length);
  return (
    (isQuoted && !/[\n-]/.test(operator)) ||
    head.startsWith('--') ||
    /(?:^|\s)(?:ENV|ARG|export|set|setenv|define)\s+$/i.test(lead)
  );
}

/** Beside a name without any sign between, only a value that can be nothing else counts. */
function isRandomWord(value: string): boolean {
  return (
    /^(?=\S{0,200}[0-9])[0-9A-Za-z_-]+$/.test(value) &&
    !isUnlikely(value) &&
    isDrawn(value) &&
    drawnBits(value) > 40
  );
}

/** Words that run into others only by chance: `monkey`, `bypass`, `dashMac`. */
const SHORT =
  /^(?:key|auth|cred|salt|pepper|pass|otp|seed|api|access|private|cipher|session|cookie|jwt|pwd)$/i;
const COMPOUND =
  /(?:api|app|access|secret|auth|private|encryption|crypt|client|master|sign|signing|consumer|user|db|my|admin|root|root|service|account|license|storage|host|ssh|o)$/i;

/** A short word counts where a word begins: after no letter, at a hump of camelCase, or behind a word it is joined to. */
function startsWord(head: string, word: string): boolean {
  if (!SHORT.test(word) || !/[A-Za-z]$/.test(head)) return true;
  const isHump = /[a-z]$/.test(head) && /^[A-Z]/.test(word);
  return isHump || COMPOUND.test(head);
}

function isUnlikely(value: string): boolean {
  if (/[^\x21-\x7e]/.test(value) || /===?|\|\||&&|^!/.test(value)) return true;
  if (isPlaceholder(value) || LANGUAGE.test(value) || value.includes('://')) return true;
  if (/^[./~@#]|^[\d.,:_+-]+$|YYYY|\\[wdsb]|\[\^|\)\?/.test(value)) return true;
  return (CODE.test(value) || MEMBER.test(value)) && drawnBits(value) < 30;
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
    /api|secret|token|access|encrypt|sign|private|auth|passw|master|client|session|cookie|jwt|cred/i.test(
      name,
    ) &&
    !/^(?:sha|md5)/i.test(value) &&
    isDrawn(value)
  );
}

function hasEvidence(
  value: string,
  strength: Strength,
  isQuoted: boolean,
  path: string,
  isArgument: boolean,
): boolean {
  if (!isDrawn(value)) return false;
  const isFixture = FIXTURE.test(path);
  const bits =
    drawnBits(value.replaceAll(/(?<![0-9A-Za-z])[0-9]+(?![0-9A-Za-z])/g, '')) -
    (isFixture ? 12 : 0) -
    (isArgument ? 10 : 0);
  const digits = value.match(/[0-9]/g)?.length ?? 0;
  if (strength === 'password')
    return (
      value.length >= (isFixture ? 10 : isQuoted ? 6 : 8) &&
      bits > 4 &&
      (digits > 0 || /[^A-Za-z]/.test(value) || bits > 20)
    );
  if (strength === 'strong') return value.length >= 12 && bits > 12 && (digits > 0 || bits > 35);
  return !isFixture && value.length >= 16 && bits > 26 && digits > 1;
}
