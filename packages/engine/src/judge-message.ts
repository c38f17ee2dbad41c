/** The message of a commit or tag is content too: it is pushed like any file. */
import type { Finding, Problem, Rule } from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import { toFindings } from './fold.ts';
import { judgeFiles } from './judge.ts';
import { scanBytes } from './scan-files.ts';
import type { Settings } from './settings.ts';
import { waive } from './waive.ts';

export interface MessageToJudge {
  /** Names the message where a path would stand: a file, or `(message of 1a2b3c)`. */
  readonly path: string;
  readonly text: Uint8Array;
  /** Whether somebody may edit it in an editor. Otherwise git keeps all of it, whatever it looks like. */
  readonly isEdited?: boolean;
  /** The commit it belongs to, where it is one already. */
  readonly commit?: string;
}

export interface MessageOptions {
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly scanner: Scanner;
  readonly today: string;
}

/** Only secrets are looked for: a message that quotes an env file's lines is no env file. */
export async function judgeMessage(
  { path, text, commit }: MessageToJudge,
  { settings, rules, scanner, today }: MessageOptions,
): Promise<{ findings: Finding[]; problems: readonly Problem[] }> {
  const { facts, problems } = await scanBytes(scanner, path, null, text);
  const ofFile = judgeFiles(facts ? [{ ...facts, env: null }] : [], [], rules, settings);
  const plain = Buffer.from(text).toString('utf8');
  const waived = await waive(toFindings(ofFile.judged, settings), settings, today, () =>
    Promise.resolve(plain),
  );
  const findings = commit === undefined ? waived : waived.map((finding) => ({ ...finding, commit }));
  return { findings, problems: [...problems, ...ofFile.problems] };
}

const SCISSORS = '------------------------ >8 ------------------------';
/** What git puts below them: a few lines of comment, then the change (git-commit(1), `--verbose`). */
const CHANGE = /^diff --(?:git|cc|combined) /m;

/**
 * What of a message file is judged: all but the change that `--verbose` shows below the scissors line, which git
 * takes away. Scissors without a change below them cut nothing.
 */
export function withoutScissors(message: Uint8Array): Uint8Array {
  const text = Buffer.from(message).toString('latin1');
  const scissors = text.indexOf(SCISSORS);
  if (scissors === -1) return message;
  const change = text.slice(scissors).search(CHANGE);
  return change === -1 ? message : message.subarray(0, scissors + change);
}
