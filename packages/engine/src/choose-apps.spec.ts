import { describe, expect, test } from '@jest/globals';
import type { App } from '@bulwark/model';
import { appChooser, refuseUnknownApps } from './choose-apps.ts';

const app = (name: string, root: string): App => ({ name, root }) as App;
const apps = [app('@acme/api', 'apps/api'), app('jobs', 'apps/jobs'), app('top', '.')];
const chosen = (...wanted: string[]): string[] =>
  apps.filter(appChooser(wanted, '.')).map(({ root }) => root);

describe('apps are named', () => {
  test.each([
    ['@acme/api', ['apps/api']],
    ['apps/api', ['apps/api']],
    ['apps/api/', ['apps/api']],
    ['./apps/api/', ['apps/api']],
    ['apps/*', ['apps/api', 'apps/jobs']],
    ['.', ['.']],
    ['./', ['.']],
    ['api', []],
  ])('by %j', (wanted, roots) => {
    expect(chosen(wanted)).toEqual(roots);
    const refuse = (): void => refuseUnknownApps([wanted], apps);
    if (roots.length > 0) expect(refuse).not.toThrow();
    else expect(refuse).toThrow('There is no Arkos app "api" here.');
  });

  test('who names another is told which there are', () => {
    const hintFor = (list: readonly App[]): unknown => {
      try {
        refuseUnknownApps(['x'], list);
        return null;
      } catch (error) {
        return (error as { hint?: string }).hint;
      }
    };
    expect(hintFor(apps)).toBe('There are apps/api, apps/jobs, .; their names serve, too.');
    expect(hintFor(Array.from({ length: 14 }, (_, at) => app(`a${at}`, `a${at}`)))).toMatch(
      /a11 and 2 more;/,
    );
    expect(hintFor([])).toBe('There is no app here at all.');
  });
});
