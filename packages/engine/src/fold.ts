/** Judgements → findings and the table of verdicts. */
import { encodePath, fingerprint, isUtf8Path, startOf, worstVerdict } from '@bulwark/model';
import type {
  App,
  AppReport,
  AppVerdict,
  Finding,
  Judgement,
  Severity,
  Undecided,
  Violated,
} from '@bulwark/model';
import type { Judged } from './judge.ts';
import type { Level, Settings } from './settings.ts';

/** The findings of these judgements, unsorted. */
export function toFindings(judged: readonly Judged[], settings: Settings): Finding[] {
  const findings = new Map<string, Finding>();
  for (const one of judged) {
    const { judgement } = one;
    if (judgement.verdict !== 'violation' && judgement.verdict !== 'undecided') continue;
    const level =
      judgement.verdict === 'violation' ? one.inForce.level : milder(settings.undecided, one.inForce.level);
    if (level === 'off') continue;
    const finding = toFinding(one, judgement, level);
    findings.set(`${finding.fingerprint}\0${finding.path}\0${finding.line}\0${finding.column}`, finding);
  }
  return [...findings.values()];
}

const ORDER: readonly Level[] = ['off', 'info', 'warn', 'error'];

/** An undecided verdict never weighs more than the violation would. */
function milder(a: Level, b: Level): Level {
  return ORDER[Math.min(ORDER.indexOf(a), ORDER.indexOf(b))]!;
}

function toFinding(
  { rule, app, modes, file }: Judged,
  judgement: Violated | Undecided,
  severity: Severity,
): Finding {
  const place = judgement.place ?? startOf(file ?? app?.config ?? app?.manifest ?? '.');
  return {
    rule: rule.id,
    verdict: judgement.verdict,
    severity,
    app: app?.root ?? null,
    modes,
    message: messageOfJudgement(judgement, rule.messages),
    path: place.path,
    ...(isUtf8Path(place.path) ? {} : { pathBytes: Buffer.from(encodePath(place.path)).toString('base64') }),
    line: place.line,
    column: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
    fingerprint:
      judgement.fingerprint ??
      fingerprint(
        rule.id,
        app?.root ?? '',
        judgement.key,
        judgement.verdict === 'violation' ? judgement.message : 'undecided',
      ),
    help: `bulwark explain ${rule.id}`,
    waived: null,
    fixable: judgement.verdict === 'violation' && judgement.fix !== undefined,
  };
}

type MessageTable = Judged['rule']['messages'];

function messageOfJudgement(judgement: Violated | Undecided, messages: MessageTable): string {
  if (judgement.verdict === 'violation') return say(messages, judgement);
  const conditions = new Map<string, string[]>();
  for (const one of judgement.cases) {
    const text = say(messages, one);
    conditions.set(text, [...(conditions.get(text) ?? []), `if ${one.when}`]);
  }
  const cases = [...conditions].map(([text, whens]) => `; ${whens.join(', or ')}: ${text}`).join('');
  return `${judgement.key} is undecided: ${judgement.because}${cases}`;
}

function say(messages: MessageTable, { message, props }: Pick<Violated, 'message' | 'props'>): string {
  const text = messages[message];
  if (!text) throw new Error(`the rule has no message "${message}"`);
  return text(props);
}

/** Judgements by the root of their app, then by rule. */
export type JudgedByApp = ReadonlyMap<string, ReadonlyMap<string, readonly Judged[]>>;

export function groupByApp(judged: readonly Judged[]): JudgedByApp {
  const byApp = new Map<string, Map<string, Judged[]>>();
  for (const one of judged) {
    if (one.app === null) continue;
    const byRule = byApp.get(one.app.root) ?? new Map<string, Judged[]>();
    byApp.set(one.app.root, byRule);
    const mine = byRule.get(one.rule.id);
    if (mine) mine.push(one);
    else byRule.set(one.rule.id, [one]);
  }
  return byApp;
}

/** The report's entry of an app: its verdict for each of these rules. */
export function toAppReport(app: App, judged: JudgedByApp, ruleIds: readonly string[]): AppReport {
  const ofApp = judged.get(app.root);
  const verdicts: Record<string, AppVerdict> = {};
  for (const id of ruleIds) {
    const mine = ofApp?.get(id) ?? [];
    verdicts[id] =
      mine.length > 0
        ? toVerdict(mine)
        : { verdict: 'not-applicable', because: 'nothing of this app is its matter' };
  }
  const { version, generations, from } = app.arkos;
  return {
    name: app.name,
    root: app.root,
    arkos: { version, generation: generations.join(' or ') || null, from },
    config: app.config,
    verdicts,
  };
}

function toVerdict(mine: readonly Judged[]): AppVerdict {
  const verdict = worstVerdict(mine.map(({ judgement }) => judgement.verdict));
  const deciding = mine.filter(({ judgement }) => judgement.verdict === verdict);
  const { judgement, rule } = deciding[0]!;
  const because = becauseOf(judgement, rule.messages);
  const more =
    deciding.length > 1 && verdict !== 'pass' && verdict !== 'not-applicable'
      ? ` (and ${deciding.length - 1} more)`
      : '';
  const place = judgement.verdict === 'not-applicable' ? undefined : judgement.place;
  return { verdict, because: because + more, ...(place ? { path: place.path, line: place.line } : {}) };
}

function becauseOf(judgement: Judgement, messages: MessageTable): string {
  return judgement.verdict === 'pass' || judgement.verdict === 'not-applicable'
    ? judgement.because
    : messageOfJudgement(judgement, messages);
}
