import { at, isUndefined, outcomesOf, placeOf, property } from '@bulwark/model';
import { dtoFate, dtoFateInside, readDto } from './dto.ts';
import { evaluateExport } from '../evaluate-export.ts';
import { eachOutcome, one } from './fate.ts';
import { zodFate, zodFateInside } from './zod.ts';
import type { Dto } from './dto.ts';
import type { Fates } from './fate.ts';
import type { Evaluating } from '../evaluate-export.ts';
import type { SourceFiles } from '../source-files.ts';
import type { App, Generation, Known, Snapshot, Value } from '@bulwark/model';

/** What decides how the body of a generated endpoint is validated (FACTS §5.1, §3.10, §3.12). */
export interface ValidatorInput {
  readonly snapshot: Snapshot;
  readonly app: Pick<App, 'root'>;
  readonly generation: Generation;
  readonly config: Value;
  readonly unknownFields: Value;
  readonly falseValidator: 'refuses' | 'passes';
  readonly files: SourceFiles;
  readonly evaluating: Evaluating;
}

/** One question: this field of the body, or `field` somewhere inside a relation of it. */
export interface Question {
  readonly module: string;
  readonly endpoint: string;
  /** What the module's router configuration says. */
  readonly override: Value;
  readonly field: string;
  /** The relation field it would come through; `null` if the body is the record itself. */
  readonly relation: string | null;
}

/** File names of validators, by endpoint; createMany and updateMany have none (FACTS §5.1). */
const FILE_NAMES: Readonly<Record<string, (module: string) => string>> = {
  createOne: (module) => `create-${module}`,
  updateOne: (module) => `update-${module}`,
  login: () => 'login',
  signup: () => 'signup',
  updateMe: () => 'update-me',
  updatePassword: () => 'update-password',
};

/** What validation makes of a field, before any interceptor sees it. @throws ReadError */
export async function validatedFate(question: Question, input: ValidatorInput): Promise<Fates> {
  const resolver = at(input.config, 'validation.resolver');
  const written = property(property(question.override, question.endpoint), 'validation');
  const byFile = await fileFates(question, input, written);
  const classes = await boundClasses(written, input);
  return eachOutcome(resolver, (leaf) => {
    const kind =
      leaf.kind === 'known' && (leaf.value === 'zod' || leaf.value === 'class-validator') ? leaf.value : null;
    if (kind === null)
      return one('accepted', 'without `validation.resolver` nothing is validated', placeOf(leaf));
    const own = byFile[kind];
    return own ?? hookFates(written, kind, question, input, classes);
  });
}

type Resolver = 'zod' | 'class-validator';

/** The validator file of each resolver's own folder, unless the hook says `false` (FACTS §5.1, precedence trap). */
async function fileFates(
  question: Question,
  input: ValidatorInput,
  written: Value,
): Promise<Partial<Record<Resolver, Fates>>> {
  const name = FILE_NAMES[question.endpoint]?.(question.module);
  if (name === undefined || input.generation === '2.0-next' || isSwitchedOff(written)) return {};
  const fates: Partial<Record<Resolver, Fates>> = {};
  const schema = `src/modules/${question.module}/schemas/${name}.schema`;
  const dto = `src/modules/${question.module}/dtos/${name}.dto`;
  const schemaPath = input.files.find(schema);
  if (schemaPath !== null)
    fates.zod = zodFates(await evaluateExport(schemaPath, input.evaluating), question, input);
  else if (input.files.findStray(schema) !== null) fates.zod = strayFates(input.files.findStray(schema)!);
  const dtoPath = input.files.find(dto);
  if (dtoPath !== null)
    fates['class-validator'] = dtoFates(await readDto(input.snapshot, input.app, dtoPath), question, input);
  else if (input.files.findStray(dto) !== null)
    fates['class-validator'] = strayFates(input.files.findStray(dto)!);
  return fates;
}

function strayFates(path: string): Fates {
  return one('unknown', `${path} is loaded only by some builds`);
}

/** `validation: false` or `{ body: false }`. */
function isSwitchedOff(written: Value): boolean {
  const isFalse = (value: Value): boolean => value.kind === 'known' && value.value === false;
  return isFalse(written) || isFalse(property(written, 'body'));
}

/** The classes a hook binds to the body, by where they are written. */
async function boundClasses(written: Value, input: ValidatorInput): Promise<ReadonlyMap<string, Dto | null>> {
  const classes = new Map<string, Dto | null>();
  for (const { value: leaf } of outcomesOf(written)) {
    for (const { value: body } of outcomesOf(property(leaf, 'body'))) {
      const key = classKey(body);
      if (key) classes.set(key.path + key.name, await readDto(input.snapshot, input.app, key.path, key.name));
    }
  }
  return classes;
}

function classKey(value: Value): { readonly path: string; readonly name: string } | null {
  const data = value.kind === 'known' ? value.value : null;
  if (typeof data !== 'object' || data?.type !== 'function' || !/^(?:@|class\b)/.test(data.source))
    return null;
  const path = placeOf(value)?.path;
  return path === undefined || data.name === '' ? null : { path, name: data.name };
}

function hookFates(
  written: Value,
  resolver: Resolver,
  question: Question,
  input: ValidatorInput,
  classes: ReadonlyMap<string, Dto | null>,
): Fates {
  const isOld = ['1.0', '1.2', '1.3'].includes(input.generation);
  if (isOld) return one('accepted', 'it has no validator');
  return eachOutcome(written, (leaf) => {
    if (leaf.kind === 'known' && leaf.value === false) return falseFates(leaf, input);
    return eachOutcome(
      property(leaf, 'body'),
      (body) => {
        if (body.kind === 'absent' || isUndefined(body)) return missingFates(input);
        if (body.value === false) return falseFates(body, input);
        if (body.value === null)
          return one('rejected', 'a validator of `null` refuses any body', placeOf(body));
        const key = classKey(body);
        if (resolver === 'class-validator' && key)
          return dtoFates(classes.get(key.path + key.name) ?? null, question, input);
        return one('unknown', 'its validator is of the other resolver', placeOf(body));
      },
      (body) =>
        resolver === 'zod' ? zodFates(body, question, input) : one('unknown', body.why, placeOf(body)),
    );
  });
}

function falseFates(leaf: Known, { falseValidator }: ValidatorInput): Fates {
  return falseValidator === 'refuses'
    ? one('rejected', 'a validator of `false` refuses any body in this version', placeOf(leaf))
    : one('accepted', 'a validator of `false` lets the body through unvalidated', placeOf(leaf));
}

/** FACTS §3.12: under `validation.strict` a part without a validator is refused unless it is empty. */
function missingFates({ config, generation }: ValidatorInput): Fates {
  const hasStrict = !['1.0', '1.2', '1.3'].includes(generation);
  if (!hasStrict) return one('accepted', 'it has no validator');
  return eachOutcome(at(config, 'validation.strict'), (leaf) =>
    leaf.kind === 'known' && leaf.value === true
      ? one('rejected', 'it has no validator, and `validation.strict` refuses the body', placeOf(leaf))
      : one('accepted', 'it has no validator'),
  );
}

function zodFates(schema: Value, { field, relation }: Question, { unknownFields }: ValidatorInput): Fates {
  return relation === null
    ? zodFate(schema, field, unknownFields)
    : zodFateInside(schema, relation, field, unknownFields);
}

function dtoFates(dto: Dto | null, { field, relation }: Question, { unknownFields }: ValidatorInput): Fates {
  if (!dto) return one('unknown', 'its validator is no class that can be found');
  return relation === null ? dtoFate(dto, field, unknownFields) : dtoFateInside(dto, relation, unknownFields);
}
