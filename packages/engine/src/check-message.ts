/** The message of a commit in the making → its report. */
import type { Report, Subject } from '@bulwark/model';
import { withStore } from './check.ts';
import type { CheckParts } from './check.ts';
import { isoDay } from './iso-day.ts';
import { judgeMessage, withoutScissors } from './judge-message.ts';
import type { MessageToJudge } from './judge-message.ts';
import { readSettings } from './read-settings.ts';

/** @param subject holds the settings the message is judged by. @throws UserError for a mistake in them. */
export async function checkMessage(
  parts: CheckParts,
  message: MessageToJudge,
  { snapshot, commonDir }: Pick<Subject, 'snapshot' | 'commonDir'>,
): Promise<Report> {
  // A team's rules judge files and apps, so none of them is loaded for a message.
  const settings = await withStore(parts, commonDir, (store) =>
    readSettings(snapshot, parts.rules, 'any', store),
  );
  const text = message.isEdited === false ? message.text : withoutScissors(message.text);
  const { findings, problems } = await judgeMessage(
    { ...message, text },
    { settings, rules: parts.rules, scanner: parts.createScanner(settings), today: isoDay(parts.now()) },
  );
  return {
    version: 1,
    tool: { name: 'bulwark', version: parts.version },
    snapshot: { kind: snapshot.kind, commit: snapshot.commit },
    complete: problems.length === 0,
    problems,
    scanned: { files: 1, bytes: text.length, apps: 0, skipped: [] },
    apps: [],
    findings,
  };
}
