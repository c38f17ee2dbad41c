import { parseSync } from 'oxc-parser';
import { ReadError, inApp } from '@bulwark/model';
import { decodeText } from '../../start/decode-text.ts';
import { placeAt } from '../../start/place-at.ts';
import { eachOutcome, one } from './fate.ts';
import type { Fates } from './fate.ts';
import type { Class, Decorator, Expression, Program } from 'oxc-parser';
import type { App, Place, Snapshot, Value } from '@bulwark/model';

/** A field of a class that class-validator looks at. */
interface DtoField {
  readonly decorators: readonly string[];
  readonly text: string;
  readonly place: Place;
}

/** A class with its fields, those of the classes it extends included; `null` marks parents nobody can see. */
export interface Dto {
  readonly fields: ReadonlyMap<string, DtoField>;
  readonly isWhole: boolean;
  readonly place: Place;
}

/** Decorators that say a value is no object: a relation so decorated takes no nested write. */
const SCALAR =
  /^Is(?:String|UUID|Uuid|Int|Number|Boolean|Email|Date|DateString|Enum|MongoId|Url|NumberString|BooleanString|Numeric|Alpha|Alphanumeric|ISO8601)$/;

/** What becomes of a field of the body under a class-validator class (FACTS §3.10). */
export function dtoFate(dto: Dto, field: string, unknownFields: Value): Fates {
  const own = dto.fields.get(field);
  if (own && own.decorators.length > 0) {
    if (own.decorators.includes('Exclude')) return one('unknown', `@Exclude() is on ${field}`, own.place);
    if (/@IsEmpty\(|@Equals\(\s*false|@IsIn\(\s*\[\s*false\s*\]/.test(own.text)) {
      return one('rejected', `the class refuses ${field}`, own.place);
    }
    return one('accepted', `the class has ${field}`, own.place);
  }
  if (!own && !dto.isWhole) return one('unknown', `whether the class has ${field} cannot be told`, dto.place);
  const words = own
    ? `${field} has no decorator, so it counts as unknown`
    : `the class does not know ${field}`;
  return eachOutcome(unknownFields, (leaf) => {
    const rule = leaf.kind === 'known' ? leaf.value : 'passed';
    if (rule === 'rejected')
      return one('rejected', `${words}, and unknown fields are rejected`, own?.place ?? dto.place);
    if (rule === 'stripped')
      return one('stripped', `${words}, and unknown fields are stripped`, own?.place ?? dto.place);
    return one('accepted', `${words}, and class-validator lets unknown fields pass`, own?.place ?? dto.place);
  });
}

/** The same through a relation field. */
export function dtoFateInside(dto: Dto, relation: string, unknownFields: Value): Fates {
  const own = dto.fields.get(relation);
  const outer = dtoFate(dto, relation, unknownFields);
  if (!own || own.decorators.length === 0) return outer;
  return own.decorators.some((name) => SCALAR.test(name))
    ? one('rejected', 'the relation takes no object', own.place)
    : one('unknown', 'what the nested class takes is not followed', own.place);
}

/** The default-exported class of a file, or the class of this name. @throws ReadError */
export async function readDto(
  snapshot: Snapshot,
  app: Pick<App, 'root'>,
  path: string,
  name: string | null = null,
  depth = 0,
): Promise<Dto | null> {
  const file = snapshot.file(path);
  if (!file || depth > 8) return null;
  const text = decodeText(await snapshot.read(file));
  const { program, errors } = parseSync(path, text);
  if (errors.some(({ severity }) => severity === 'Error'))
    throw new ReadError(path, 'is not valid JavaScript or TypeScript');
  const found = findClass(program, name);
  if (found === null) {
    const elsewhere = name === null ? reExported(program) : importOf(program, name);
    const target = elsewhere && resolve(snapshot, app, path, elsewhere.from);
    return target ? readDto(snapshot, app, target, elsewhere.name, depth + 1) : null;
  }
  return readClass(found, { snapshot, app, path, text, program, depth });
}

interface Reading {
  readonly snapshot: Snapshot;
  readonly app: Pick<App, 'root'>;
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly depth: number;
}

async function readClass(node: Class, reading: Reading): Promise<Dto> {
  const { path, text } = reading;
  const parent = node.superClass
    ? await readParent(node.superClass, reading)
    : { fields: new Map(), isWhole: true };
  const fields = new Map<string, DtoField>(parent?.fields ?? []);
  for (const element of node.body.body) {
    if (element.type !== 'PropertyDefinition' && element.type !== 'AccessorProperty') continue;
    const name =
      element.key.type === 'Identifier'
        ? element.key.name
        : element.key.type === 'Literal'
          ? String(element.key.value)
          : null;
    if (name === null || element.static) continue;
    const inherited = fields.get(name);
    fields.set(name, {
      decorators: [...(inherited?.decorators ?? []), ...element.decorators.map(decoratorName)],
      text: text.slice(element.start, element.end),
      place: placeAt(path, text, element.key.start, element.key.end),
    });
  }
  return {
    fields,
    isWhole: parent?.isWhole ?? false,
    place: placeAt(path, text, node.start, node.id?.end ?? node.start),
  };
}

type Parent = Pick<Dto, 'fields' | 'isWhole'>;

/** `extends Base`, and the mapped types: `PartialType`, `OmitType`, `PickType`, `IntersectionType`. */
async function readParent(node: Expression, reading: Reading): Promise<Parent | null> {
  if (node.type === 'Identifier') {
    const { snapshot, app, path, depth } = reading;
    const local = findClass(reading.program, node.name);
    return local
      ? readClass(local, { ...reading, depth: depth + 1 })
      : readDto(snapshot, app, path, node.name, depth + 1);
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || reading.depth > 8) return null;
  const [first, second] = node.arguments;
  if (!first || first.type === 'SpreadElement') return null;
  const base = await readParent(first, reading);
  if (!base) return null;
  switch (node.callee.name) {
    case 'PartialType':
      return base;
    case 'OmitType':
    case 'PickType': {
      const names = second && second.type !== 'SpreadElement' ? namesIn(second) : null;
      if (!names) return { ...base, isWhole: false };
      const isKept = (name: string): boolean =>
        names.includes(name) === (node.callee.type === 'Identifier' && node.callee.name === 'PickType');
      return { fields: new Map([...base.fields].filter(([name]) => isKept(name))), isWhole: base.isWhole };
    }
    case 'IntersectionType': {
      const other = second && second.type !== 'SpreadElement' ? await readParent(second, reading) : null;
      return other
        ? { fields: new Map([...base.fields, ...other.fields]), isWhole: base.isWhole && other.isWhole }
        : { ...base, isWhole: false };
    }
    default:
      return null;
  }
}

/** `["a", "b"]`, with or without `as const`. */
function namesIn(node: Expression): readonly string[] | null {
  const inner = node.type === 'TSAsExpression' ? node.expression : node;
  if (inner.type !== 'ArrayExpression') return null;
  const names = inner.elements.map((it) =>
    it?.type === 'Literal' && typeof it.value === 'string' ? it.value : null,
  );
  return names.every((name) => name !== null) ? names : null;
}

function decoratorName({ expression }: Decorator): string {
  const callee = expression.type === 'CallExpression' ? expression.callee : expression;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
    ? callee.property.name
    : '?';
}

/** The class exported by default, or the class of this name. */
function findClass(program: Program, name: string | null): Class | null {
  let wanted = name;
  const classes = new Map<string, Class>();
  for (const statement of program.body) {
    const node =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression') {
      if (node.id) classes.set(node.id.name, node);
      if (name === null && statement.type === 'ExportDefaultDeclaration') return node;
    }
    if (name !== null) continue;
    if (statement.type === 'ExportDefaultDeclaration' && node?.type === 'Identifier') wanted = node.name;
    if (statement.type === 'ExportNamedDeclaration' && !statement.source) {
      for (const it of statement.specifiers) {
        const exported = it.exported.type === 'Identifier' ? it.exported.name : String(it.exported.value);
        if (exported === 'default' && it.local.type === 'Identifier') wanted = it.local.name;
      }
    }
  }
  return wanted === null ? null : (classes.get(wanted) ?? null);
}

interface Elsewhere {
  readonly from: string;
  /** `null` is the default export. */
  readonly name: string | null;
}

function reExported(program: Program): Elsewhere | null {
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration' && statement.declaration.type === 'Identifier') {
      return importOf(program, statement.declaration.name);
    }
    if (statement.type !== 'ExportNamedDeclaration' || !statement.source) continue;
    for (const { exported, local } of statement.specifiers) {
      if (exported.type !== 'Identifier' || exported.name !== 'default' || local.type !== 'Identifier')
        continue;
      return { from: statement.source.value, name: local.name === 'default' ? null : local.name };
    }
  }
  return null;
}

function importOf(program: Program, name: string): Elsewhere | null {
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    for (const specifier of statement.specifiers) {
      if (specifier.local.name !== name) continue;
      if (specifier.type === 'ImportDefaultSpecifier') return { from: statement.source.value, name: null };
      if (specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier') {
        return { from: statement.source.value, name: specifier.imported.name };
      }
    }
  }
  return null;
}

/** Relative imports and the scaffold's alias `@/*` → `./*` (FACTS §6). */
function resolve(snapshot: Snapshot, app: Pick<App, 'root'>, from: string, specifier: string): string | null {
  const base = specifier.startsWith('@/')
    ? inApp(app, specifier.slice(2))
    : specifier.startsWith('.')
      ? joinPaths(from.slice(0, Math.max(0, from.lastIndexOf('/'))), specifier)
      : null;
  if (base === null) return null;
  const bare = base.replace(/\.[cm]?[jt]s$/, '');
  return (
    [
      base,
      `${bare}.ts`,
      `${bare}.js`,
      `${base}.ts`,
      `${base}.js`,
      `${base}/index.ts`,
      `${base}/index.js`,
    ].find((path) => snapshot.file(path)) ?? null
  );
}

function joinPaths(folder: string, path: string): string | null {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '.' || part === '') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
