/** How the inferred targets and those that a workspace has already get on. */
import { expect, test } from '@jest/globals';
import { useNxWorkspace } from './use-nx-workspace.ts';

const workspace = useNxWorkspace();

function change(path: string, edit: (json: Record<string, unknown>) => object): void {
  workspace().write(
    path,
    JSON.stringify(edit(JSON.parse(workspace().read(path)) as Record<string, unknown>)),
  );
}

test("a project's own lint still runs, with ours beside it", async () => {
  change('apps/crew/package.json', (json) => ({ ...json, scripts: { lint: 'node -p "6 * 7 + 4200"' } }));
  workspace().write(
    'apps/tolls/project.json',
    JSON.stringify({ name: '@harbour/tolls', targets: { lint: { command: 'node -p "6 * 7 + 5200"' } } }),
  );
  const { code, text, tasks } = await workspace().nx(
    'run-many -t lint -p @harbour/crew,@harbour/tolls --output-style=stream',
  );
  expect({ code, tasks }).toEqual({ code: 0, tasks: { crew: 'run', tolls: 'run' } });
  expect(text).toContain('4242');
  expect(text).toContain('5242');
});

test('a lint that names what it depends on takes ours in by nx sync', async () => {
  change('nx.json', (json) => ({
    ...json,
    targetDefaults: { lint: { dependsOn: ['^lint'] } },
    sync: { globalGenerators: ['@bulwark/nx:sync'] },
  }));
  expect((await workspace().nx('run-many -t lint -p @harbour/tides')).tasks).toEqual({});
  const check = await workspace().nx('sync:check');
  expect(check.code).not.toBe(0);
  expect(check.text).toContain('a lint target leaves out bulwark');
  expect(await workspace().nx('sync')).toMatchObject({ code: 0 });
  expect((await workspace().nx('run-many -t lint -p @harbour/tides')).tasks).toEqual({ tides: 'run' });
});

test('a rule of a team is written with its cases', async () => {
  const said = await workspace().nx('g @bulwark/nx:rule harbour/no-leftovers --no-interactive');
  expect(said).toMatchObject({ code: 0 });
  expect(workspace().read('tools/policies/no-leftovers.rule.mjs')).toContain("id: 'harbour/no-leftovers'");
  expect(JSON.parse(workspace().read('bulwark.json'))).toEqual({ plugins: ['./tools/policies'] });
});
