import { follow } from './follow.ts';
import { hostBuild } from './host-build.ts';
import { roleByName } from './role.ts';
import { nothing } from './source.ts';
import type { Source, Sources } from './source.ts';

export function isProcfile(path: string): boolean {
  return /(?:^|\/)Procfile(?:\.[\w-]+)?$/.test(path);
}

/** `web: npm start`, one process a line (devcenter.heroku.com/articles/procfile). */
const PROCESS = /^([A-Za-z0-9_-]+):\s*(.+)$/;

export function procfileSources(sources: Sources): readonly Source[] {
  return sources.texts.paths.filter(isProcfile).flatMap((path) => {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
    const file = path.slice(path.lastIndexOf('/') + 1);
    return sources.texts
      .get(path)!
      .split('\n')
      .flatMap((line, index): Source[] => {
        const match = PROCESS.exec(line.trim());
        if (!match || match[1] === 'release') return [];
        const place = {
          path,
          line: index + 1,
          column: 1,
          endLine: index + 1,
          endColumn: line.trimEnd().length + 1,
        };
        const leaves = follow({ text: match[2]!, place, folder, environment: nothing }, sources.world);
        return [
          {
            source: 'procfile',
            name: match[1]!,
            place,
            role: roleByName([file.replace('Procfile', '')], {
              role: 'production',
              because: 'a Procfile is what the host runs',
            }),
            leaves,
            built: hostBuild(folder, sources),
          },
        ];
      });
  });
}
