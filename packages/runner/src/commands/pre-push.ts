import { findPushedObjects, findRepository, parseRefUpdates, streamBlobs } from '@bulwark/git';
import type { BroughtBlob, PushedObjects, PushedTip, Repository } from '@bulwark/git';
import { checkPush } from '@bulwark/engine';
import type { MessageToJudge, PushToJudge } from '@bulwark/engine';
import { UserError } from '@bulwark/model';
import { askedBy, checkParts } from '../compose.ts';
import type { Command } from '../command.ts';
import type { Io } from '../io.ts';
import { printReport } from '../print-report.ts';
import { createProgress } from '../progress.ts';
import { refuse } from '../refuse.ts';
import { cacheOption, outputOptions } from '../shared-options.ts';

export const prePush: Command = {
  words: ['hook', 'pre-push'],
  summary:
    'Judge every object a push brings, the messages of its commits and tags, and the apps of each tip.',
  arguments: ['[remote]', '[url]'],
  options: { ...outputOptions, ...cacheOption },
  notes: [
    'Reads the refs from standard input, as git gives them: <local ref> <local id> <remote ref> <remote id>.',
  ],
  async run({ positionals, options, io }) {
    const repository = await findRepository(io.cwd, io.env);
    if (!repository) throw new UserError(`${io.cwd} is not in a git repository.`, 'Run it in one.');
    const [name = 'origin', url = name] = positionals;
    const updates = parseRefUpdates(await readInput(io));
    const objects = await findPushedObjects(repository, updates, { name, url });
    try {
      const push = describePush(repository, objects);
      const report = await checkPush(checkParts(askedBy({ options, io })), push, createProgress(io, 'blobs'));
      return refuse('push', await printReport(report, { options, io }), io);
    } finally {
      await objects.close();
    }
  },
};

/** A terminal would wait for ever: git always gives the hook a pipe. */
async function readInput({ stdin, isStdinTerminal }: Io): Promise<Uint8Array> {
  if (isStdinTerminal) {
    throw new UserError(
      'No refs were given on standard input, so nothing was checked.',
      'git gives them to the hook; by hand, pipe them in.',
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function describePush(repository: Repository, objects: PushedObjects): PushToJudge<BroughtBlob> {
  return {
    tips: distinct(objects.tips).map((tip) => ({ commit: tip.commit, open: () => objects.openTip(tip) })),
    commonDir: repository.commonDir,
    blobs: objects.blobs,
    stream: (blobs, limit) => streamBlobs(repository, blobs, limit),
    read: (id, limit) => objects.read(id, limit),
    messages: () => messagesOf(objects),
  };
}

/** Many refs may name one commit. */
function distinct(tips: readonly PushedTip[]): PushedTip[] {
  return [...new Map(tips.map((tip) => [`${tip.commit} ${tip.base}`, tip])).values()];
}

async function* messagesOf(objects: PushedObjects): AsyncGenerator<MessageToJudge> {
  for await (const { kind, id, text } of objects.messages()) {
    const path = `(message of ${kind} ${id.slice(0, 12)})`;
    yield kind === 'commit' ? { path, text, commit: id } : { path, text };
  }
}
