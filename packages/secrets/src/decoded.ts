/** Looks one level into base64: a PEM, a list of assignments, a URL with a password, as CI variables hold them. */
import { KEYWORDS } from './kernel/data.generated.ts';
import { BASE64_LITERALS } from './base64-literals.ts';
import { prefilter } from './prefilter.ts';
import type { Prefiltered } from './prefilter.ts';
import { runDetectors } from './run-detectors.ts';
import type { Detected } from './run-detectors.ts';

/** A secret inside a run of base64, which lies at these bytes. */
export interface Decoded {
  readonly from: number;
  readonly to: number;
  readonly found: Detected;
  readonly text: Buffer;
}

const LITERALS = new Set(BASE64_LITERALS.map((literal) => literal.toLowerCase()));
const NUMBERS = new Set(KEYWORDS.flatMap((keyword, number) => (LITERALS.has(keyword) ? [number] : [])));

/** Bytes of base64 that are decoded in one file. */
const BUDGET = 4 * 1024 * 1024;
const LEAST = 24;

export function findDecoded(path: string, text: Buffer, { keywords, places }: Prefiltered): Decoded[] {
  const found: Decoded[] = [];
  let spent = 0;
  let past = 0;
  const starts: number[] = [];
  for (const [index, keyword] of keywords.entries()) if (NUMBERS.has(keyword)) starts.push(places[index]!);
  for (const at of starts.toSorted((a, b) => a - b)) {
    if (at < past || spent > BUDGET) continue;
    const { from, to } = runAround(text, at);
    past = to;
    spent += to - from;
    if (to - from >= LEAST) found.push(...decode(path, text, from, to));
  }
  return found;
}

function decode(path: string, text: Buffer, from: number, to: number): Decoded[] {
  const inner = Buffer.from(text.toString('latin1', from, to), 'base64');
  if (!isText(inner)) return [];
  const { found } = runDetectors(path, inner, prefilter('', inner));
  return found.map((each) => ({ from, to, found: each, text: inner }));
}

function runAround(text: Buffer, at: number): { from: number; to: number } {
  let from = at;
  let to = at;
  while (from > 0 && isBase64(text[from - 1]!)) from -= 1;
  while (to < text.length && isBase64(text[to]!)) to += 1;
  return { from, to };
}

function isBase64(byte: number): boolean {
  const isDigit = byte >= 0x30 && byte <= 0x39;
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return isDigit || isLetter || byte === 0x2b || byte === 0x2f;
}

/** Bytes of UTF-8 text without control characters: base64 of anything else decodes to noise. */
function isText(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 512);
  return sample.every((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09);
}
