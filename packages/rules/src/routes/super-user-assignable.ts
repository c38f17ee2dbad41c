import { defineRule, pass, toJson, undecided, violation } from '@bulwark/model';
import type { AccessOutcome, FieldOutcome, Judgement, Place, Props, UserWriter } from '@bulwark/model';
import { routesOf } from '../gathered.ts';
import { callers, nameOf } from './describe.ts';
import { accessWays, bothWays, casesOf, mountedWays, settle } from './ways.ts';
import type { Way } from './ways.ts';

interface Input {
  readonly writers: readonly UserWriter[];
  /** `"zod"`, `"class-validator"`, or `null` where there is none or nobody can say. */
  readonly resolver: string | null;
  readonly isLoadedByHook: boolean;
  /** The model, for endpoints that no file of the app speaks of. */
  readonly model: Place | null;
}

interface Detail {
  readonly access: AccessOutcome;
  readonly field: FieldOutcome;
}

export default defineRule<Input>({
  kind: 'live-mode',
  id: 'super-user-assignable',
  title: 'No endpoint that an outsider or any logged-in user can reach lets the body set isSuperUser',
  why: 'A super user passes every check. Arkos hands the body to Prisma as it came, so one open endpoint without a strict validator is enough to become one.',
  severity: 'error',
  messages: {
    assignable: ({ route, who, field, because, remedy }) =>
      `${route} answers ${who} and lets the body set ${field}: ${because}; ${remedy}`,
  },
  select: (facts) => {
    const { resolver } = facts.settings.validation;
    const named = toJson(resolver.value);
    const { userWriters, models } = routesOf(facts);
    return {
      writers: userWriters,
      resolver: typeof named === 'string' ? named : null,
      isLoadedByHook: facts.generation === '2.0-next',
      model: models.find(({ name }) => name === 'User')?.place ?? null,
    };
  },
  check(input) {
    const judgements = input.writers.flatMap((writer) => judgeWriter(writer, input));
    if (judgements.length > 0) return judgements;
    return pass(
      input.writers.length === 0
        ? 'no endpoint writes isSuperUser from its body'
        : 'every endpoint that writes a user is off, guarded by a rule, or refuses the field',
    );
  },
});

function judgeWriter(writer: UserWriter, input: Input): Judgement[] {
  const { route, field } = writer;
  const reach = bothWays(mountedWays(route), accessWays(route, isOutsider));
  const settled = settle(bothWays(reach, fieldWays(writer), (access, field): Detail => ({ access, field })));
  if (settled.is === 'good') return [];
  const props = (detail: Detail): Props => ({
    route: nameOf(route),
    who: callers(detail.access.who),
    field,
    because: detail.field.because,
    remedy: remedyFor(writer, input),
  });
  const key = `${route.module ?? nameOf(route)}.${route.endpoint ?? 'custom'}.${field}`;
  const place = route.place ?? input.model ?? undefined;
  if (settled.is === 'bad') {
    const { detail } = settled.way;
    return [violation('assignable', props(detail), { key, place: detail.field.place ?? place })];
  }
  const cases = casesOf(settled.bad, (detail) => ({ message: 'assignable', props: props(detail) }));
  return [undecided(`${nameOf(route)}: ${settled.because}`, { key, place }, cases)];
}

function isOutsider({ who }: AccessOutcome): boolean {
  return who === 'public' || who === 'logged-in';
}

function fieldWays({ outcomes }: UserWriter): Way<FieldOutcome>[] {
  return outcomes.map((outcome) => ({
    when: outcome.when,
    isBad: outcome.fate === 'unknown' ? null : outcome.fate === 'accepted',
    because: outcome.because,
    detail: outcome,
  }));
}

const BULK: ReadonlySet<string> = new Set(['createMany', 'updateMany']);

function remedyFor({ route, through, field }: UserWriter, { resolver, isLoadedByHook }: Input): string {
  const name = route.endpoint ?? '';
  if (through === 'custom') return `take ${field} out of the body before it is written`;
  if (BULK.has(name)) {
    const off = isLoadedByHook ? `.${name}({ disabled: true })` : `${name}: { disabled: true }`;
    return `no file is bound to this endpoint by itself, so switch it off (${off}) or give it a validation.body`;
  }
  const what = through === 'nested' ? 'a validator without the relation' : `a validator without ${field}`;
  switch (resolver) {
    case 'class-validator':
      return `it needs ${what}, and validation.validationOptions: { whitelist: true, forbidNonWhitelisted: true }`;
    case 'zod':
      return `it needs ${what} that does not let unknown fields through`;
    default:
      return `it needs validation.resolver to be set, and ${what}`;
  }
}
