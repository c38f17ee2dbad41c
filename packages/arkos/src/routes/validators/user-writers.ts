import { messageOf, outcomesOf } from '@bulwark/model';
import { sourceOf } from '../custom-routers.ts';
import { validatedFate } from './body-validator.ts';
import { foldFates, one, settleFates, thenFate } from './fate.ts';
import { intercepted } from './interceptors.ts';
import type { CustomRoute } from '../custom-routers.ts';
import type { GatheredModule } from '../route-input.ts';
import type { Question, ValidatorInput } from './body-validator.ts';
import type { Fates } from './fate.ts';
import type { PrismaModel, Route, RouteProblem, UserWriter } from '@bulwark/model';

/** The field that makes a super user (FACTS §5.4). */
const FIELD = 'isSuperUser';

export interface WritersInput extends ValidatorInput {
  readonly models: readonly PrismaModel[];
  readonly modules: readonly GatheredModule[];
  readonly custom: readonly { readonly route: Route; readonly written: CustomRoute }[];
  readonly problems: RouteProblem[];
}

/**
 * Every endpoint that writes users from its body, and what becomes of `isSuperUser` there (FACTS §5.4). None if
 * the schema has no `User` with that field.
 */
export async function readUserWriters(input: WritersInput): Promise<readonly UserWriter[]> {
  const user = input.models.find(({ name }) => name === 'User');
  if (!user?.fields.some(({ name }) => name === FIELD)) return [];
  const writers: UserWriter[] = [];
  for (const module of input.modules) {
    const model = input.models.find((it) => module.kind === 'model' && it.module === module.name);
    const isUser = module.kind === 'auth' || model === user;
    const relations = isUser || !model ? [] : relationsTo(user, model, input.models);
    for (const route of module.routes) {
      if (isUser && DIRECT.has(route.endpoint!)) {
        writers.push(await direct(module, route, input));
      } else if (relations.length > 0 && NESTING.has(route.endpoint!)) {
        writers.push(await nested(module, route, relations, input));
      }
    }
  }
  for (const { route, written } of input.custom) {
    if (mayWriteUsers(route, written))
      writers.push(
        toWriter(
          route,
          'custom',
          FIELD,
          one('unknown', 'what a custom route writes is not followed', route.place),
        ),
      );
  }
  return writers;
}

const DIRECT: ReadonlySet<string> = new Set([
  'signup',
  'updateMe',
  'createOne',
  'updateOne',
  'createMany',
  'updateMany',
]);
/** Prisma's createMany and updateMany take no nested writes. */
const NESTING: ReadonlySet<string> = new Set(['createOne', 'updateOne']);

async function direct(module: GatheredModule, route: Route, input: WritersInput): Promise<UserWriter> {
  return toWriter(route, 'direct', FIELD, await fatesOf(module, route, null, input));
}

/** The worst of all relations a user can be reached through. */
async function nested(
  module: GatheredModule,
  route: Route,
  relations: readonly string[],
  input: WritersInput,
): Promise<UserWriter> {
  let worst: { relation: string; fates: Fates; weight: number } | null = null;
  for (const relation of relations) {
    const fates = await fatesOf(module, route, relation, input);
    const weight = Math.max(...fates.map(({ fate }) => WEIGHT[fate]));
    if (!worst || weight > worst.weight) worst = { relation, fates, weight };
  }
  return toWriter(route, 'nested', `${worst!.relation}.….${FIELD}`, worst!.fates);
}

const WEIGHT = { rejected: 0, stripped: 1, unknown: 2, accepted: 3 } as const;

async function fatesOf(
  module: GatheredModule,
  route: Route,
  relation: string | null,
  input: WritersInput,
): Promise<Fates> {
  const question: Question = {
    module: module.name,
    endpoint: route.endpoint!,
    override: module.files.override,
    field: FIELD,
    relation,
  };
  try {
    const validated = await validatedFate(question, input);
    const concerned = relation ?? FIELD;
    return thenFate(validated, (outcome) =>
      intercepted(outcome, module.files.interceptors, route.endpoint!, concerned),
    );
  } catch (error) {
    const path = module.files.routerPath ?? module.name;
    input.problems.push({
      path,
      message: `validators of ${module.name} could not be read: ${messageOf(error)}`,
    });
    return one('unknown', 'its validator could not be read');
  }
}

function toWriter(route: Route, through: UserWriter['through'], field: string, fates: Fates): UserWriter {
  const outcomes = settleFates(fates);
  return { route, through, field, ...foldFates(outcomes), outcomes };
}

/** Fields of a model through which a nested write can reach a user, over any number of relations. */
function relationsTo(
  user: PrismaModel,
  model: PrismaModel,
  models: readonly PrismaModel[],
): readonly string[] {
  const byName = new Map(models.map((it) => [it.name, it]));
  const reaches = (name: string, seen: ReadonlySet<string>): boolean => {
    if (name === user.name) return true;
    const next = byName.get(name);
    if (!next || seen.has(name)) return false;
    return next.fields.some(({ type }) => byName.has(type) && reaches(type, new Set([...seen, name])));
  };
  return model.fields
    .filter(({ type }) => byName.has(type) && reaches(type, new Set([model.name])))
    .map(({ name }) => name);
}

const WRITES_USERS =
  /\buserService\b|\bauthService\b.*\b(?:create|update|signup)|\buser\s*\.\s*(?:create|update|upsert)/i;

/** A custom route that writes, and whose handler names users or cannot be read where users are concerned. */
function mayWriteUsers(route: Route, written: CustomRoute): boolean {
  if (
    route.method === 'GET' ||
    route.method === 'DELETE' ||
    route.method === 'HEAD' ||
    route.method === 'OPTIONS'
  )
    return false;
  if (outcomesOf(route.mounted).every(({ value }) => value.kind === 'known' && value.value === false))
    return false;
  const sources = written.handlers.map(sourceOf);
  if (sources.some((source) => source !== null && WRITES_USERS.test(source))) return true;
  const isAboutUsers =
    route.module === 'user' ||
    route.module === 'auth' ||
    /\/(?:users?|auth|signup|register|me)(?:\/|$)/.test(route.path);
  return isAboutUsers && sources.some((source) => source === null);
}
