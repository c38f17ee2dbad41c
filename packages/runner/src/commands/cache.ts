import { clearStores, listStores } from '@bulwark/daemon/store';
import type { StoreSize } from '@bulwark/daemon/store';
import { printable } from '@bulwark/model';
import { needRepository } from '../audit-history.ts';
import type { Command } from '../command.ts';

const notes = [
  "What is remembered lies in git's own folder, in bulwark/, for all worktrees: which files are clean, and what apps say.",
];

export const cacheStatus: Command = {
  words: ['cache', 'status'],
  summary: 'Tell what is remembered of this repository, and where.',
  options: {},
  notes,
  async run({ io }) {
    const { commonDir } = await needRepository(io);
    io.write(describe('remembered', await listStores(commonDir)));
    return 0;
  },
};

export const cacheClear: Command = {
  words: ['cache', 'clear'],
  summary: 'Forget it; the next check judges everything anew.',
  options: {},
  notes,
  async run({ io }) {
    const { commonDir } = await needRepository(io);
    io.write(describe('forgotten', await clearStores(commonDir)));
    return 0;
  },
};

function describe(verb: string, stores: readonly StoreSize[]): string {
  if (stores.length === 0) return 'Nothing is remembered of this repository.\n';
  return stores
    .map(({ folder, files, bytes }) => {
      const count = files === 1 ? '1 file' : `${files} files`;
      return `${verb}: ${Math.ceil(bytes / 1024)} kB in ${count}, ${printable(folder)}\n`;
    })
    .join('');
}
