/** Facts × rules → judgements. A rule that throws becomes a problem; the others still run. */
import { canonicalJson, messageOf, quotePath, undecided, worstVerdict } from '@bulwark/model';
import type {
  App,
  FactRule,
  FileFacts,
  FileRule,
  Judgement,
  Judgements,
  ModeFacts,
  Options,
  Problem,
  Rule,
} from '@bulwark/model';
import { ruleInForce } from './settings.ts';
import type { RuleInForce, Settings } from './settings.ts';

/** One judgement, and what it was about. */
export interface Judged {
  readonly rule: Rule;
  readonly inForce: RuleInForce;
  readonly app: App | null;
  /** Names of the modes it holds in; empty for a file rule. */
  readonly modes: readonly string[];
  readonly judgement: Judgement;
  /** The file it was said of, for a file rule. */
  readonly file: string | null;
}

export interface Judgings {
  readonly judged: readonly Judged[];
  readonly problems: readonly Problem[];
}

/** Judges files; each belongs to the innermost app above it, if any. Of what is in order, one of each kind is told. */
export function judgeFiles(
  facts: readonly FileFacts[],
  apps: readonly App[],
  rules: readonly Rule[],
  settings: Settings,
): Judgings {
  const judged: Judged[] = [];
  const problems: Problem[] = [];
  const appOf = appFinder(apps);
  const inForceFor = fileRulesInForce(rules, settings);
  const told = { pass: new Set<FileRuleInForce>(), 'not-applicable': new Set<FileRuleInForce>() };
  for (const file of facts) {
    const app = appOf(file.path);
    for (const one of inForceFor(app)) {
      const { rule, inForce } = one;
      const answers = attempt(
        () => rule.check(rule.select(file, inForce.options), inForce.options),
        { rule, about: () => `${rule.id} on ${file.path}`, path: file.path },
        problems,
      );
      for (const judgement of answers) {
        if (judgement.verdict === 'pass' || judgement.verdict === 'not-applicable') {
          // Of thousands of files that are in order, one says it for its app.
          if (told[judgement.verdict].has(one)) continue;
          told[judgement.verdict].add(one);
        }
        judged.push({ rule, inForce, app, modes: [], judgement, file: file.path });
      }
    }
  }
  return { judged, problems };
}

interface FileRuleInForce {
  readonly rule: FileRule;
  readonly inForce: RuleInForce;
}

/** The file rules that are on, by app; the settings are asked once for each. */
function fileRulesInForce(
  rules: readonly Rule[],
  settings: Settings,
): (app: App | null) => readonly FileRuleInForce[] {
  const ofFiles = rules.filter((rule) => rule.kind === 'file');
  const known = new Map<App | null, readonly FileRuleInForce[]>();
  return (app) => {
    const seen = known.get(app);
    if (seen) return seen;
    const all = ofFiles.map((rule) => ({ rule, inForce: ruleInForce(settings, rule, app?.root ?? null) }));
    const on = all.filter(({ inForce }) => inForce.level !== 'off');
    known.set(app, on);
    return on;
  };
}

/** Finds the app whose root is the longest that holds a path. */
export function appFinder(apps: readonly App[]): (path: string) => App | null {
  const byRoot = new Map(apps.map((app) => [app.root, app]));
  return (path) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const app = byRoot.get(path.slice(0, end));
      if (app) return app;
    }
    return byRoot.get('.') ?? null;
  };
}

/** Judges one app. Where it may run several versions, a verdict stands only if all agree. */
export function judgeApp(
  app: App,
  facts: readonly ModeFacts[],
  rules: readonly Rule[],
  settings: Settings,
): Judgings {
  const judged: Judged[] = [];
  const problems: Problem[] = [];
  const versions = [...new Set(facts.map(({ version }) => version))];
  for (const rule of rules) {
    if (rule.kind === 'file' || rule.kind === 'policy') continue;
    const inForce = ruleInForce(settings, rule, app.root);
    if (inForce.level === 'off') continue;
    const perVersion = versions.map((version) => ({
      version,
      said: judgeModes(
        rule,
        facts.filter((one) => one.version === version),
        inForce.options,
        app,
        problems,
      ),
    }));
    for (const { modes, judgement } of agree(perVersion))
      judged.push({ rule, inForce, app, modes, judgement, file: null });
  }
  return { judged, problems };
}

interface Said {
  readonly modes: readonly string[];
  readonly judgement: Judgement;
}

function judgeModes(
  rule: FactRule,
  facts: readonly ModeFacts[],
  options: Options,
  app: App,
  problems: Problem[],
): Said[] {
  const about = (): string => `${rule.id} on ${app.root}`;
  if (rule.kind === 'app') {
    const modes = facts.map(({ mode }) => mode.name);
    const whole = (): Judgements => rule.check(rule.select(facts, options), options);
    return attempt(whole, { rule, about, path: app.config }, problems).map((judgement) => ({
      modes,
      judgement,
    }));
  }
  const said = new Map<string, { modes: string[]; judgement: Judgement }>();
  for (const one of facts) {
    if (rule.kind === 'live-mode' && one.mode.command !== 'start') continue;
    const judgements = attempt(
      () => rule.check(rule.select(one, options), options),
      { rule, about, path: app.config },
      problems,
    );
    for (const judgement of judgements) {
      const key = canonicalJson(judgement);
      const same = said.get(key);
      if (same) same.modes.push(one.mode.name);
      else said.set(key, { modes: [one.mode.name], judgement });
    }
  }
  return [...said.values()];
}

/** What a range of several versions comes to. */
function agree(
  perVersion: readonly { readonly version: string; readonly said: readonly Said[] }[],
): readonly Said[] {
  const [first, ...others] = perVersion;
  if (!first) return [];
  const verdictOf = (said: readonly Said[]): string =>
    worstVerdict(said.map(({ judgement }) => judgement.verdict));
  if (others.every(({ said }) => verdictOf(said) === verdictOf(first.said)))
    return withCommonFixes(perVersion.map(({ said }) => said));
  const list = perVersion.map(({ version, said }) => `${verdictOf(said)} under ${version}`).join(', ');
  const because = `the version of Arkos is not certain, and the answer depends on it: ${list}; commit a lock file or pin the version`;
  const modes = [...new Set(perVersion.flatMap(({ said }) => said.flatMap((one) => one.modes)))];
  return [{ modes, judgement: undecided(because, { key: 'arkos' }) }];
}

/** What the newest version says; what it would write is right only if the others would write the same. */
function withCommonFixes(perVersion: readonly (readonly Said[])[]): readonly Said[] {
  const offered = perVersion.map(
    (said) =>
      new Set(said.flatMap(({ judgement }) => ('fix' in judgement ? [canonicalJson(judgement.fix)] : []))),
  );
  return perVersion.at(-1)!.map(({ modes, judgement }) => {
    if (judgement.verdict !== 'violation' || !judgement.fix) return { modes, judgement };
    const own = canonicalJson(judgement.fix);
    if (offered.every((fixes) => fixes.has(own))) return { modes, judgement };
    const { fix: _fix, ...rest } = judgement;
    return { modes, judgement: rest };
  });
}

function attempt(
  judge: () => Judgements,
  {
    rule: { plugin },
    about,
    path,
  }: { readonly rule: Rule; readonly about: () => string; readonly path: string | null },
  problems: Problem[],
): readonly Judgement[] {
  try {
    const said = judge();
    return Array.isArray(said) ? (said as readonly Judgement[]) : [said as Judgement];
  } catch (error) {
    const message = `the rule ${about()} failed: ${messageOf(error)}`;
    const hint = plugin
      ? `This is a fault of the rule, which is in ${quotePath(plugin.path)}; mend it and commit that. The other rules were judged.`
      : 'This is a fault of the rule. The other rules were judged; please report it.';
    if (plugin?.isChanging !== true) problems.push({ path, message, hint });
    return [undecided(message, { key: 'rule' })];
  }
}
