/** Secrets for tests, made at run time: no file of the repository holds one. */
import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Text that looks random but is the same for the same seed. */
export function randomText(length: number, seed = 'bulwark'): string {
  let text = '';
  for (let round = 0; text.length < length; round += 1) {
    for (const byte of createHash('sha256').update(`${seed} ${round}`).digest())
      text += ALPHABET[byte % ALPHABET.length];
  }
  return text.slice(0, length);
}

/** In the form of a Slack bot token. */
export function slackToken(seed?: string): string {
  const digits = (text: string): string => [...text].map((char) => char.charCodeAt(0) % 10).join('');
  return [
    'xoxb',
    digits(randomText(12, `${seed} a`)),
    digits(randomText(12, `${seed} b`)),
    randomText(24, seed),
  ].join('-');
}

/** In the form of an npm access token. */
export function npmToken(seed?: string): string {
  return ['npm', randomText(36, seed)].join('_');
}
