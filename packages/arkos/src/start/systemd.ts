import { follow } from './follow.ts';
import { roleByName } from './role.ts';
import { readShell } from './shell.ts';
import { builtBy, builtElsewhere } from './source.ts';
import type { Environment, Setting } from './follow.ts';
import type { Source, Sources } from './source.ts';
import type { Place } from '@bulwark/model';

export function isSystemdUnit(path: string): boolean {
  return path.endsWith('.service');
}

interface Line {
  readonly key: string;
  readonly value: string;
  readonly place: Place;
}

/** `ExecStart=` of every unit (systemd.service(5)). */
export function systemdSources(sources: Sources): readonly Source[] {
  return sources.texts.paths.filter(isSystemdUnit).flatMap((path) => {
    const lines = serviceLines(path, sources.texts.get(path)!);
    const folder = lines.findLast(({ key }) => key === 'WorkingDirectory')?.value ?? null;
    const environment = environmentOf(lines);
    const run = (key: string): readonly { line: Line; leaves: ReturnType<typeof follow> }[] =>
      lines
        .filter((line) => line.key === key)
        .map((line) => ({
          line,
          // `-`, `@`, `:`, `+` and `!` in front change how it is run, not what.
          leaves: follow(
            { text: line.value.replace(/^[-@:+!]+/, ''), place: line.place, folder, environment },
            sources.world,
          ),
        }));
    const before = run('ExecStartPre').flatMap(({ leaves }) => leaves);
    const built = builtBy(before, 'ExecStartPre');
    return run('ExecStart').map(({ line, leaves }) => ({
      source: 'systemd' as const,
      name: 'ExecStart',
      place: line.place,
      role: roleByName([path.slice(path.lastIndexOf('/') + 1)], {
        role: 'production',
        because: 'a systemd unit keeps a service up',
      }),
      leaves,
      built: built.answer === 'no' ? builtElsewhere : built,
    }));
  });
}

function serviceLines(path: string, text: string): readonly Line[] {
  const lines: Line[] = [];
  let section = '';
  const physical = text.split('\n');
  for (let index = 0; index < physical.length; index += 1) {
    const start = index;
    let line = physical[index]!.trim();
    while (line.endsWith('\\') && index + 1 < physical.length) {
      index += 1;
      line = `${line.slice(0, -1)} ${physical[index]!.trim()}`;
    }
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
    const match = /^(\w+)\s*=\s*(.*)$/.exec(line);
    if (section !== 'Service' || !match || /^[#;]/.test(line)) continue;
    const place = {
      path,
      line: start + 1,
      column: 1,
      endLine: index + 1,
      endColumn: physical[index]!.trimEnd().length + 1,
    };
    lines.push({ key: match[1]!, value: match[2]!, place });
  }
  return lines;
}

/** `Environment="A=b" C=d`: words as a shell would split them; an empty line starts anew. */
function environmentOf(lines: readonly Line[]): Environment {
  const environment = new Map<string, Setting>();
  for (const { value, place } of lines.filter(({ key }) => key === 'Environment')) {
    if (value === '') environment.clear();
    for (const word of readShell(`env ${value}`, null).commands[0]?.words.slice(1) ?? []) {
      const at = word?.indexOf('=') ?? -1;
      if (word && at > 0) environment.set(word.slice(0, at), { value: word.slice(at + 1), place });
    }
  }
  return environment;
}
