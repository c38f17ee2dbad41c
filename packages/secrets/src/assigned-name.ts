/** What a name says of the value under it. */

/** Endings of names that speak of a secret and do not hold one: `tokenUrl`, `passwordField`, `secretName`. */
const NOT_HOLDING =
  /(?:name|ids?|path|file|dir|folder|arn|ref|ur[li]|endpoint|version|types?|length|len|size|count|limit|max|min|label|placeholder|prefix|suffix|regexp?|pattern|format|expir\w*|ttl|age|timeout|field|input|hint|policy|provider|manager|service|store|headers?|param(?:eter)?s?|class|style|colou?r|text|title|message|error|description|algorithm|alg|issuer|audience|scopes?|status|state|enabled|required|valid\w*|method|codes?|modes?|kind|index|at|on|by|from|for|used|last\w*|date|time|spec|icon|image|module|package)$/i;

/** Names that hold what is public, or no secret at all; and words that only contain one of ours. */
const PUBLIC =
  /pub_?key|public|publish|primary_?key|foreign|sort_?key|partition|cache_?key|keyboard|keyframe|key_?code|keydown|keyup|keypress|keyof|monkey|turkey|hotkey|tokeniz|author(?!iz)|authority|hash|digest|checksum|integrity|shasum|etag|finger|thumbprint|commit|revision|site_?key|csrf|xsrf|next|page|cursor|continuation|pass(?:ed|ing|es|ive|age|enger|port|through)|compass|bypass|encompass|keyword|basalt|obsession|accredit|possession|webpack|query_?key|translation|i18n|locale|msgid|resolved|build_?key|object_?key|idempotency|(?:request|change|action|grant|upload|client|sync|term)_?token/i;

/** How much a name says: that a password stands there, a secret of another kind, or only perhaps one. */
export type Strength = 'password' | 'strong' | 'weak';

const PASSWORD = /passw|pwd|passphrase|passcode|[_-]pass(?:$|[^a-z])|^pass$|[a-z]Pass$/i;
const STRONG =
  /secret|token|credential|(?:api|access|private|client|auth|master|encrypt\w*|sign\w*)[_.-]?key/i;
const WEAK =
  /^(?:key|auth|cred|salt|pepper|licen[sc]e|cipher|session|cookie|jwt|webhook|bearer|otp|seed|pass|access|private|api)$/i;

/** What the name `head + word + tail` says, `null` if no secret stands under it; `word` is the keyword found in it. */
export function judgeName(head: string, word: string, tail: string): Strength | null {
  const name = `${head}${word}${tail}`;
  if (!startsWord(head, word) || PUBLIC.test(name) || NOT_HOLDING.test(tail.trim())) return null;
  if (PASSWORD.test(name)) return 'password';
  return STRONG.test(name) || !WEAK.test(word) ? 'strong' : 'weak';
}

/** Words that run into others by chance: `monkey`, `bypass`, `dashMac`. */
const SHORT =
  /^(?:key|auth|cred|salt|pepper|pass|otp|seed|api|access|private|cipher|session|cookie|jwt|pwd)$/i;
/** Words they are joined to on purpose: `apikey`, `dbpass`. */
const JOINED =
  /(?:api|app|access|secret|auth|private|crypt|encryption|client|master|sign|signing|consumer|user|db|my|admin|root|service|account|license|storage|host|ssh)$/i;

/** A short word counts where a word begins: after no letter, at a hump of camelCase, or behind a word it is joined to. */
function startsWord(head: string, word: string): boolean {
  if (!SHORT.test(word) || !/[A-Za-z]$/.test(head)) return true;
  return (/[a-z]$/.test(head) && /^[A-Z]/.test(word)) || JOINED.test(head);
}

/** Whether a name says so much that even a value of a hash's or a UUID's shape under it is a secret. */
export function isUnmistakable(name: string): boolean {
  return /api|secret|token|access|private|auth|encrypt|sign|passw|master|client|session|cookie|jwt|cred|[0-9a-z][_-]key$/i.test(
    name,
  );
}
