/** What anybody who knows the configs of a workspace has to do at least. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';

const list = execFileSync('git', ['ls-files', '-z', '*arkos.config.ts'], { encoding: 'utf8' });
for (const path of list.split('\0').slice(0, -1)) {
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  if (program.body.length === 0) throw new Error(`${path} is empty`);
}
