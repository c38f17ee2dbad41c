import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAMESPACE = 'leave-out';

/** Exports that are functions, classes or types. */
const EXPORT =
  /^export (?:(?:async )?function\*? ?(\w+)|(?:abstract )?class (\w+)|const (\w+): \w+ = (?:async )?\([\w, ]*\) =>|(?:interface|type) )/;

/**
 * Leaves modules out of a program, so that to call any of their functions is to give up. What is imported while the
 * program runs is left out as a whole.
 * @param giveUp the module whose `giveUp` is called
 * @param isKept tells of what such an import names whether it is kept for all that
 * @param isLeftOut tells of a path, with `/` between its parts, whether the module there is left out
 */
export function leaveOut({ giveUp, isLeftOut, isKept }) {
  return {
    name: 'leave-out',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /./ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (pluginData === NAMESPACE || kind === 'entry-point' || importer === giveUp) return undefined;
        if (kind === 'dynamic-import')
          return isKept(path) ? undefined : { path, namespace: NAMESPACE, pluginData: 'whole' };
        if (!/^(?:\.|@bulwark\/)/.test(path)) return undefined;
        const found = await resolve(path, { kind, resolveDir, importer, pluginData: NAMESPACE });
        return isLeftOut(found.path) ? { path: found.path, namespace: NAMESPACE } : undefined;
      });
      onLoad({ filter: /./, namespace: NAMESPACE }, async ({ path, pluginData }) => ({
        contents: `import { giveUp } from ${JSON.stringify(giveUp)};\n${
          pluginData === 'whole' ? callOf(path) : standIn(path, await readFile(path, 'utf8'))
        }`,
        resolveDir: join(giveUp, '..'),
      }));
    },
  };
}

/** A module of the same functions. Other values than functions could not give up when they are used. */
function standIn(path, source) {
  const lines = source.split('\n').filter((line) => /^export\b/.test(line));
  return lines
    .map((line) => {
      const match = EXPORT.exec(line);
      if (!match) throw new Error(`${path} cannot be left out, because of: ${line}`);
      const name = match[1] ?? match[2] ?? match[3];
      return name ? `export function ${name}() { ${callOf(path)} }` : '';
    })
    .join('\n');
}

function callOf(path) {
  return `giveUp(${JSON.stringify(path.split('/').slice(-3).join('/'))});`;
}
