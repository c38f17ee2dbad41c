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

/**
 * What of a message file git will keep: nothing from the scissors line on (git-commit(1), `--verbose`), which
 * shows the change itself. Lines that start with the comment character are kept: they are cheap to scan, and
 * which character that is can be configured.
 */
export function withoutScissors(message: Uint8Array): Uint8Array {
  const text = Buffer.from(message);
  const at = text.indexOf(SCISSORS);
  if (at === -1) return message;
  const lineStart = text.lastIndexOf('\n', at) + 1;
  return text.subarray(0, lineStart);
}
