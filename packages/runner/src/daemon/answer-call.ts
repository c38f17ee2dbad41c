/** Calls of the command line, answered in a process that goes on. */
import type { Answer, Ask } from '@bulwark/daemon';
import { createWarmSubjects } from '@bulwark/git';
import { UserError } from '@bulwark/model';
import type { InDaemon, Io } from '../io.ts';
import { run } from '../run.ts';
import { createWarmStores } from './warm-stores.ts';

/** Commands that only look, and print what they saw. */
const ANSWERED = new Set(['hook', 'audit', 'lint']);

export function createAnswerer(): (ask: Ask) => Promise<Answer> {
  const daemon = { openStore: createWarmStores(), openSubjects: createWarmSubjects() };
  return (ask) => answerCall(ask, daemon);
}

async function answerCall({ words, cwd, env, stdin, isTerminal }: Ask, daemon: InDaemon): Promise<Answer> {
  if (!ANSWERED.has(words[0] ?? '')) throw new UserError('A daemon does not answer that.');
  let [stdout, stderr] = ['', ''];
  const io: Io = {
    cwd,
    env,
    stdin: oneChunk(stdin),
    write: (text) => void (stdout += text),
    writeError: (text) => void (stderr += text),
    isTerminal,
    isErrorTerminal: false,
    isStdinTerminal: false,
    daemon,
  };
  return { code: await run(words, io), stdout, stderr };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}
