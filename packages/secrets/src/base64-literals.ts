/** What the words that begin a credential look like inside base64: three spellings, by where in a group of three bytes they start. */

const WORDS = [
  '-----BEGIN',
  'SECRET',
  'secret',
  'Secret',
  'PASSWORD',
  'password',
  'Password',
  'TOKEN',
  'token',
  'Token',
  'API_KEY',
  'apiKey',
  'api_key',
  'postgres',
  'mongodb',
  'mysql://',
  'redis://',
  'amqp://',
  'ghp_',
  'sk_live_',
  'AKIA',
];

/** The characters of base64 that hold nothing but the word, for each of its three places. */
export const BASE64_LITERALS: readonly string[] = [
  ...new Set(WORDS.flatMap((word) => [0, 1, 2].map((offset) => spellingOf(word, offset)))),
].filter(({ length }) => length >= 5);

function spellingOf(word: string, offset: number): string {
  const encoded = Buffer.from('\0'.repeat(offset) + word)
    .toString('base64')
    .replaceAll('=', '');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + word.length) * 8) / 6);
  return encoded.slice(first, last);
}
