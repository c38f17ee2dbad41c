import pluralize from 'pluralize';
import { inApp } from '@bulwark/model';
import { filesUnder } from '../record-lookups.ts';
import { placeAt } from '../start/place-at.ts';
import { decodeText } from '../start/decode-text.ts';
import type { App, PrismaField, PrismaModel, Snapshot } from '@bulwark/model';

/** `model Name {` anywhere in the text, comments included, as Arkos looks for it (FACTS §4.2). */
const MODEL = /model\s+(\w+)\s*\{/g;

/**
 * Every model Arkos makes routes for: all `*.prisma` files below `prisma/`, but for folders named
 * `migrations`; what `package.json` says of a schema does not count (FACTS §4.2).
 * @throws ReadError
 */
export async function readModels(
  snapshot: Snapshot,
  app: Pick<App, 'root'>,
): Promise<readonly PrismaModel[]> {
  const folder = `${inApp(app, 'prisma')}/`;
  const files = filesUnder(snapshot, inApp(app, 'prisma')).filter(
    ({ path, mode }) =>
      path.endsWith('.prisma') &&
      mode !== '160000' &&
      !path.slice(folder.length).split('/').slice(0, -1).includes('migrations'),
  );
  const models = new Map<string, PrismaModel>();
  for (const file of files) {
    for (const model of modelsIn(file.path, decodeText(await snapshot.read(file)))) {
      if (!models.has(model.name)) models.set(model.name, model);
    }
  }
  return [...models.values()];
}

function modelsIn(path: string, text: string): readonly PrismaModel[] {
  return [...text.matchAll(MODEL)].map((match) => {
    const name = match[1]!;
    const module = toKebab(name);
    const lineStart = text.lastIndexOf('\n', match.index) + 1;
    const start = match.index + match[0].length;
    return {
      name,
      module,
      plural: pluralize(module),
      fields: fieldsIn(text.slice(start)),
      place: placeAt(path, text, match.index, start - 1),
      isComment: text.slice(lineStart, match.index).includes('//'),
    };
  });
}

/** Lines `name Type …` up to the line that closes the model; comment marks of a commented model are looked past. */
function fieldsIn(body: string): readonly PrismaField[] {
  const fields: PrismaField[] = [];
  for (const line of body.split('\n').slice(1)) {
    const text = line.replace(/^[\s/]+/, '');
    if (text.startsWith('}')) break;
    const field = /^(\w+)\s+(\w+)/.exec(text);
    if (field) fields.push({ name: field[1]!, type: field[2]! });
  }
  return fields;
}

/** `BlogPost` → `blog-post`: the folder's and, in plural, the path's spelling (FACTS §4.1, §4.4). */
export function toKebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/[\s_]+/g, '-')
    .toLowerCase();
}
