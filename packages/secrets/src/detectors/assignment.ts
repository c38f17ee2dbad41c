/**
 * Secrets that only their names give away: `JWT_SECRET=…`, `password: '…'`, `apiKey ?? "…"`, in every language that
 * assigns with a colon, an equals sign, an arrow, a call or a tag. The largest group of all, and the noisiest: a
 * name earns a value so much trust, and the value must look drawn at random for the rest.
 */
import { shape } from '../build-detector.ts';
import type { Detector } from '../detector.ts';
import { isLoneToken, isSecretValue } from '../judge-assignment.ts';

/** What ends a name and begins its value. */
const OPERATOR = [
  String.raw`(?::[ \t]?(?:string|String|str)[ \t]?)?[ \t]{0,12}(?:=>|(?::{1,3}|[?+|.])?={1,3}|::?|->|\|\||\?\?|>|<-)[ \t]{0,12}(?:new \w{1,20}\(|[A-Za-z]{0,12}\()?(?:[>|]-?\s{1,24})?`,
  String.raw`[ \t]?[,(][ \t]{0,4}(?=\\{0,3}["'\x60])`,
  String.raw`(?:["',]{0,3}\s{1,24}|["',]{1,3}\s{0,24})["']?(?:value|default|Value|content)["']?\s{0,2}[:=]\s{0,4}`,
  String.raw`(?:\s(?:is|was|of|set to)\s|[ \t]{1,4})`,
].join('|');

/** Words of a name; the rest of the name stands before and after. */
const PASSWORD_WORDS = 'passw|passphrase|passcode|pwd|pass';
const OTHER_WORDS =
  'secret|token|key|auth|cred|salt|pepper|license|licence|cipher|session|cookie|jwt|webhook|bearer|otp|seed|access|private|api';

/** One pattern for both, which is compiled once: at the one's words the other's do not match. */
const WORDS = `${PASSWORD_WORDS}|${OTHER_WORDS}`;

export const ASSIGNMENT: readonly Detector[] = [
  assigned('assigned-password', 'Password in an assignment', PASSWORD_WORDS, 6, 'DB_PASSWORD'),
  assigned('assigned-secret', 'Secret in an assignment', OTHER_WORDS, 12, 'JWT_SECRET'),
  shape('token-beside-word', 'Token beside its name', {
    keywords: ['secret', 'token', 'key', 'access'],
    foldsCase: true,
    isGeneric: true,
    head: { kind: 'spaced', run: 19 },
    pattern: String.raw`(?<word>secret|token|key|access)(?:[ \t]{1,4}|-)(?<secret>[0-9A-Za-z][0-9A-Za-z_+/=-]{18,512})(?![0-9A-Za-z_+/=.(:-])`,
    reach: 540,
    accepts: isLoneToken,
    example: (draw) => `acme token ${draw('alnum', 32)}`,
  }),
];

function assigned(id: string, title: string, words: string, least: number, name: string): Detector {
  return shape(id, title, {
    keywords: words.split('|') as [string, ...string[]],
    foldsCase: true,
    isGeneric: true,
    head: { kind: 'assigned', run: least },
    pattern:
      String.raw`(?<word>${WORDS})(?<tail>[\w.$-]{0,40}(?: [A-Za-z]{2,10}){0,2}?)(?<close>(?:\\{0,3}["'\x60])?\]{0,2})` +
      String.raw`(?<operator>${OPERATOR})(?:(?<quote>\\{0,3}["'\x60])(?:Bearer |Basic |Token )?(?<quoted>[^\s"'\x60\\<>]{6,512})\\{0,3}["'\x60]|(?<bare>[^\s"'\x60,;<>(){}\[\]\\|]{8,512}))`,
    reach: 680,
    accepts: isSecretValue,
    example: (draw) => `${name}=${draw('alnum', 40)}`,
  });
}
