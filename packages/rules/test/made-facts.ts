/** Facts made by hand, and a table of them: for rules whose cases would need a whole application each. */
import { describe, expect, test } from '@jest/globals';
import { known, startOf, worstVerdict } from '@bulwark/model';
import type {
  AccessOutcome,
  AccessReason,
  Access,
  FieldOutcome,
  FieldFate,
  Generation,
  Judgement,
  ModeFacts,
  Options,
  Route,
  Rule,
  StartCommand,
  StartFacts,
  RouteFacts,
  Unknown,
  UserWriter,
  Value,
} from '@bulwark/model';

const byDefault = { kind: 'default', of: 'a test' } as const;

export const yes: Value = known(true, byDefault);
export const no: Value = known(false, byDefault);

/** True or false, as a variable decides. */
export function byVariable(variable: string, whenSet: Value = yes, whenUnset: Value = no): Unknown {
  return {
    kind: 'unknown',
    why: `depends on the environment variable ${variable}`,
    from: byDefault,
    variables: [variable],
    outcomes: [
      { when: `${variable} is set`, value: whenSet },
      { when: `${variable} is unset`, value: whenUnset },
    ],
  };
}

export const opaque: Unknown = { kind: 'unknown', why: 'depends on a function call', from: byDefault };

/** A route as Arkos generates it: `made('auth.signup', 'POST /api/auth/signup', open('public', 'login-or-signup'))`. */
export function made(
  name: string,
  line: string,
  outcomes: readonly AccessOutcome[],
  more: Partial<Route> = {},
): Route {
  const [method, path] = line.split(' ') as [Route['method'], string];
  const [module, endpoint] = name.split('.') as [string, string];
  const [first] = outcomes;
  return {
    method,
    path,
    kind: 'generated',
    module,
    endpoint,
    bulk: path.endsWith('/many'),
    mounted: yes,
    access: outcomes.length === 1 ? first!.who : 'unknown',
    because: first!.because,
    outcomes,
    place: startOf(`src/modules/${module}/${module}.router.ts`),
    ...more,
  };
}

export function open(
  who: Access | 'unknown',
  reason: AccessReason,
  when: string | null = null,
): AccessOutcome {
  return { when, who, reason, because: `it is so by ${reason}` };
}

export function writer(
  route: Route,
  fates: readonly (readonly [string | null, FieldFate])[],
  more: Partial<UserWriter> = {},
): UserWriter {
  const outcomes: FieldOutcome[] = fates.map(([when, fate]) => ({
    when,
    fate,
    because: `the field is ${fate}`,
  }));
  const [first] = outcomes;
  return {
    route,
    through: 'direct',
    field: 'isSuperUser',
    fate: outcomes.length === 1 ? first!.fate : 'unknown',
    because: first!.because,
    outcomes,
    ...more,
  };
}

export function command(text: string, more: Partial<StartCommand> = {}): StartCommand {
  return {
    source: 'dockerfile',
    name: 'CMD',
    place: { path: 'Dockerfile', line: 7, column: 1, endLine: 7, endColumn: 9 },
    role: 'production',
    roleBecause: 'an image is what production runs',
    command: text as StartCommand['command'],
    text,
    chain: [],
    nodeEnv: { kind: 'absent', from: byDefault },
    variables: {},
    buildBefore: 'yes',
    because: 'the Dockerfile runs arkos build',
    ...more,
  };
}

export interface Parts {
  readonly generation?: Generation;
  readonly version?: string;
  readonly mode?: 'development' | 'production';
  readonly routes?: Partial<RouteFacts>;
  readonly start?: Partial<StartFacts>;
  readonly environment?: Partial<ModeFacts['environment']>;
  readonly strict?: Value;
  readonly resolver?: Value;
}

/** Only what the rules of these tables read. */
export function factsWith(parts: Parts): ModeFacts {
  const { generation = '1.6', mode = 'production' } = parts;
  const setting = (key: string, value: Value): unknown => ({
    key,
    value,
    written: value,
    place: startOf('arkos.config.ts'),
    variable: null,
  });
  const nothing: Value = { kind: 'absent', from: byDefault };
  const noStrict = generation === '1.0' || generation === '1.2';
  return {
    app: { name: 'app', root: '.', manifest: 'package.json', config: 'arkos.config.ts' },
    generation,
    version: parts.version ?? `${generation}.0`,
    mode: { name: mode, command: mode === 'production' ? 'start' : 'dev' },
    settings: {
      authentication: {
        mode: setting('authentication.mode', nothing),
        enabled: setting('authentication.enabled', yes),
      },
      validation: { resolver: setting('validation.resolver', parts.resolver ?? nothing) },
      routers: {
        strict: noStrict ? null : setting('routers.strict', parts.strict ?? known('no-bulk', byDefault)),
        strictIsRead: !noStrict && generation !== '2.0-next',
      },
    },
    environment: {
      nodeEnv: known(mode, byDefault),
      nodeEnvByCommand: mode,
      nodeEnvReplaced: [],
      files: [],
      filesWin: true,
      variables: {},
      ...parts.environment,
    },
    routes: {
      models: [],
      routes: [],
      opaque: [],
      userWriters: [],
      deadKeys: [],
      bootProblems: [],
      problems: [],
      ...parts.routes,
    },
    start: {
      commands: [],
      imageCopies: [],
      databaseUrls: [],
      envFiles: [],
      problems: [],
      ...parts.start,
    },
  } as unknown as ModeFacts;
}

export interface Row {
  readonly name: string;
  /** One for each mode, for a rule that judges them together. */
  readonly facts: Parts | readonly Parts[];
  readonly options?: Options;
  /** Message ids, for a row that fails. */
  readonly messages?: readonly string[];
  /** What the texts say: messages, reasons or cases. */
  readonly says?: RegExp;
}

export interface Table {
  readonly passes: readonly Row[];
  readonly fails: readonly Row[];
  readonly undecided: readonly Row[];
  readonly notApplicable?: readonly Row[];
}

const VERDICTS = {
  passes: 'pass',
  fails: 'violation',
  undecided: 'undecided',
  notApplicable: 'not-applicable',
} as const;

/** Runs the table: each row is one test. */
export function testFacts(rule: Rule, table: Table): void {
  describe(`${rule.id}, from facts`, () => {
    for (const [kind, verdict] of Object.entries(VERDICTS)) {
      for (const row of table[kind as keyof Table] ?? []) {
        test(`${kind}: ${row.name}`, () => {
          const judgements = judge(rule, row);
          expect({ worst: worstVerdict(judgements.map((one) => one.verdict)), judgements }).toMatchObject({
            worst: verdict,
          });
          const texts = judgements.flatMap((one) => textsOf(rule, one));
          if (row.messages)
            expect(judgements.flatMap((one) => (one.verdict === 'violation' ? [one.message] : []))).toEqual(
              row.messages,
            );
          if (row.says) expect(texts.join('\n')).toMatch(row.says);
          for (const text of texts) expect(text).not.toMatch(/(?<!value )undefined|\[object|NaN/);
        });
      }
    }
  });
}

function judge(rule: Rule, { facts, options }: Row): readonly Judgement[] {
  if (rule.kind === 'file' || rule.kind === 'policy') throw new Error(`${rule.id} judges no apps`);
  const properties = Object.entries(rule.options?.properties ?? {});
  const all: Options = {
    ...Object.fromEntries(properties.map(([name, one]) => [name, one.default])),
    ...options,
  };
  const made = [facts].flat().map((parts) => factsWith(parts as Parts));
  const said =
    rule.kind === 'app'
      ? rule.check(rule.select(made, all), all)
      : rule.check(rule.select(made[0]!, all), all);
  // What select gives is a cache key: it must survive as JSON.
  return JSON.parse(JSON.stringify([said].flat())) as Judgement[];
}

function textsOf(rule: Rule, judgement: Judgement): string[] {
  if (judgement.verdict === 'violation') return [rule.messages[judgement.message]!(judgement.props)];
  if (judgement.verdict !== 'undecided') return [judgement.because];
  const cases = judgement.cases.map(
    ({ when, message, props }) => `if ${when}: ${rule.messages[message]!(props)}`,
  );
  return [judgement.because, ...cases];
}
