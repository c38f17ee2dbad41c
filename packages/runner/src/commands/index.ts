import type { Command } from '../command.ts';

/** A command by its words, loaded only when it is called or asked about. */
interface Entry {
  readonly words: readonly string[];
  readonly load: () => Promise<Command>;
}

/** Every command, in the order of the help text. */
const entries: readonly Entry[] = [
  { words: ['audit'], load: async () => (await import('./audit.ts')).audit },
  { words: ['lint'], load: async () => (await import('./lint.ts')).lint },
  { words: ['fix'], load: async () => (await import('./fix.ts')).fix },
  { words: ['waive'], load: async () => (await import('./waive.ts')).waive },
  { words: ['routes'], load: async () => (await import('./routes.ts')).routes },
  { words: ['config'], load: async () => (await import('./config.ts')).config },
  { words: ['explain'], load: async () => (await import('./explain.ts')).explain },
  { words: ['init'], load: async () => (await import('./init.ts')).init },
  { words: ['doctor'], load: async () => (await import('./doctor.ts')).doctor },
  { words: ['uninstall'], load: async () => (await import('./uninstall.ts')).uninstall },
  { words: ['cache', 'status'], load: async () => (await import('./cache.ts')).cacheStatus },
  { words: ['cache', 'clear'], load: async () => (await import('./cache.ts')).cacheClear },
  { words: ['daemon', 'start'], load: async () => (await import('./daemon.ts')).daemonStart },
  { words: ['daemon', 'stop'], load: async () => (await import('./daemon.ts')).daemonStop },
  { words: ['daemon', 'status'], load: async () => (await import('./daemon.ts')).daemonStatus },
  { words: ['daemon', 'logs'], load: async () => (await import('./daemon.ts')).daemonLogs },
  { words: ['daemon', 'serve'], load: async () => (await import('./daemon.ts')).daemonServe },
  { words: ['hook', 'pre-commit'], load: async () => (await import('./pre-commit.ts')).preCommit },
  { words: ['hook', 'pre-merge-commit'], load: async () => (await import('./pre-commit.ts')).preMergeCommit },
  { words: ['hook', 'commit-msg'], load: async () => (await import('./commit-msg.ts')).commitMsg },
  { words: ['hook', 'pre-push'], load: async () => (await import('./pre-push.ts')).prePush },
];

/** The words of every command, joined. */
export const commandNames: readonly string[] = entries.map(({ words }) => words.join(' '));

/** The command these arguments begin with. */
export async function findCommand(argv: readonly string[]): Promise<Command | undefined> {
  return entries.find(({ words }) => words.every((word, index) => argv[index] === word))?.load();
}

export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(entries.map(({ load }) => load()));
}
