import { randomText } from '@bulwark/testing';
import type { Place } from './run-program.ts';
import { gitWith } from './run-program.ts';

/** Makes a commit of many small files, each with bytes of its own, on a branch; nothing is checked out. */
export async function commitManyBlobs(
  place: Place,
  branch: string,
  count: number,
  special: Readonly<Record<number, string>> = {},
): Promise<void> {
  const padding = randomText(400).replaceAll(/(.{40})/g, '// $1\n');
  const parts = [
    `commit refs/heads/${branch}\ncommitter Test <test@example.invalid> 1767225600 +0000\ndata 4\nmany\n`,
  ];
  for (let at = 0; at < count; at += 1) {
    const text = special[at] ?? `export const n${at} = ${at};\n${padding}`;
    parts.push(`M 100644 inline d${at % 100}/f${at}.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  }
  await gitWith(place, parts.join(''), 'fast-import', '--quiet');
}

/** Goes on from a branch with many commits of one small change each, and a tag on every one. */
export async function tagManyCommits(
  place: Place,
  branch: string,
  count: number,
  special: Readonly<Record<number, string>> = {},
): Promise<void> {
  const parts: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const text = special[at] ?? `export const n = ${at};\n`;
    const from = at === 0 ? `from refs/heads/${branch}^0\n` : '';
    parts.push(
      `commit refs/heads/${branch}\ncommitter Test <test@example.invalid> 1767225600 +0000\ndata 4\nnext\n${from}`,
      `M 100644 inline d0/next.ts\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      `reset refs/tags/v${at}\nfrom refs/heads/${branch}\n\n`,
    );
  }
  await gitWith(place, parts.join(''), 'fast-import', '--quiet');
}
