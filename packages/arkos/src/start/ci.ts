import { follow } from './follow.ts';
import { roleByName } from './role.ts';
import { joinFolder } from './shell.ts';
import { builtBy, builtElsewhere } from './source.ts';
import { readYaml } from './yaml-file.ts';
import type { Environment, Leaf, Setting } from './follow.ts';
import type { Role } from './role.ts';
import type { Source, Sources } from './source.ts';
import type { YamlNode } from './yaml-file.ts';

export function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || isGitlabFile(path);
}

function isGitlabFile(path: string): boolean {
  return /(?:^|\/)\.gitlab-ci(?:\.[\w-]+)?\.ya?ml$/.test(path);
}

/** Steps of CI jobs that start an app, with what the job did before. */
export function ciSources(sources: Sources): readonly Source[] {
  return sources.texts.paths
    .filter(isWorkflow)
    .flatMap((path) =>
      readYaml(path, sources.texts.get(path)!, sources.problem).flatMap((document) =>
        isGitlabFile(path) ? gitlabJobs(path, document, sources) : githubJobs(path, document, sources),
      ),
    );
}

/** docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
function githubJobs(path: string, workflow: YamlNode, sources: Sources): readonly Source[] {
  return workflow.get('jobs').entries.flatMap(([id, job]) => {
    const role = roleOf(path, [
      id,
      job.get('name').text ?? '',
      job.get('environment').text ?? job.get('environment', 'name').text ?? '',
    ]);
    const before: Leaf[] = [];
    return job.get('steps').items.flatMap((step, index): readonly Source[] => {
      const run = step.get('run');
      if (run.text === null) return [];
      const named = [step, job.get('defaults', 'run'), workflow.get('defaults', 'run')]
        .map((it) => it.get('working-directory').text)
        .find((it) => it !== null);
      const environment = merged([workflow.get('env'), job.get('env'), step.get('env')]);
      const leaves = follow(
        {
          text: withoutExpressions(run.text),
          place: run.place,
          folder: joinFolder('.', named ?? '.'),
          environment,
        },
        sources.world,
      );
      const built = builtBy(before, 'a step before');
      before.push(...leaves);
      return [
        {
          source: 'ci',
          name: `${id}: ${step.get('name').text ?? `step ${index + 1}`}`,
          place: run.place,
          role,
          leaves,
          built: built.answer === 'no' ? builtElsewhere : built,
        },
      ];
    });
  });
}

/** docs.gitlab.com/ci/yaml */
function gitlabJobs(path: string, pipeline: YamlNode, sources: Sources): readonly Source[] {
  return pipeline.entries.flatMap(([id, job]): readonly Source[] => {
    const script = job.get('script');
    if (!script.exists || id.startsWith('.')) return [];
    const lines = [
      job.get('before_script').exists ? job.get('before_script') : pipeline.get('before_script'),
      script,
    ];
    const text = lines
      .flatMap((node) => (node.isList ? node.items.map((it) => it.text ?? '') : [node.text ?? '']))
      .join('\n');
    const environment = merged([pipeline.get('variables'), job.get('variables')]);
    const stage =
      job.get('environment').text ?? job.get('environment', 'name').text ?? job.get('stage').text ?? '';
    const leaves = follow({ text, place: script.place, folder: '.', environment }, sources.world);
    return [
      {
        source: 'ci',
        name: id,
        place: script.place,
        role: roleOf(path, [id, stage]),
        leaves,
        built: builtElsewhere,
      },
    ];
  });
}

/** Only a job that deploys serves users; what another job starts serves its own tests. */
function roleOf(path: string, names: readonly string[]): Role {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return roleByName([...names, file], {
    role: 'test',
    because: 'a job that does not deploy starts it for itself',
  });
}

function merged(nodes: readonly YamlNode[]): Environment {
  const all = nodes.flatMap((node) => node.variables);
  return new Map(
    all.map(([name, { value, place }]): [string, Setting] => [
      name,
      { value: value === null || value.includes('${{') ? null : value, place },
    ]),
  );
}

/** `${{ … }}` is filled in by the CI; to the shell it stands for something unknown. */
function withoutExpressions(text: string): string {
  return text.replaceAll(/\$\{\{[\s\S]*?\}\}/g, '$GITHUB_EXPRESSION');
}
