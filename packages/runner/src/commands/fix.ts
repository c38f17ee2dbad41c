import { planFixes } from '@bulwark/engine';
import type { FixPlan } from '@bulwark/engine';
import { applyEdits, exitCodeOf } from '@bulwark/model';
import { askedBy, checkParts, composeCheck } from '../compose.ts';
import type { Call, Command } from '../command.ts';
import { describeLeft, describeMended } from '../fix/describe-plan.ts';
import { printReport } from '../print-report.ts';
import { appOption, cacheOption, colorOption, ruleOption } from '../shared-options.ts';
import { usesColor } from '../use-color.ts';
import { editFiles } from '../work-tree/edit-files.ts';
import { refuseUnderGit } from '../work-tree/refuse-under-git.ts';
import { workTreeTop } from '../work-tree/work-tree-top.ts';

export const fix: Command = {
  words: ['fix'],
  summary: 'Mend in the work tree what can be mended safely, and judge it again.',
  options: {
    'dry-run': { type: 'boolean', help: 'show what would be written, as a diff, and write nothing' },
    ...appOption,
    ...ruleOption,
    quiet: { type: 'boolean', short: 'q', help: 'of what remains, show only what blocks' },
    ...colorOption,
    ...cacheOption,
  },
  notes: [
    'A fix is one literal, one key or one ignored name that nothing else reads. Each is tried out first: it is made',
    'only if its finding goes away and no other comes. It stages nothing, and never runs inside a hook.',
  ],
  async run(call) {
    const { options, io } = call;
    refuseUnderGit('fix', io);
    const top = await workTreeTop(io);
    const narrowed = {
      ...(options['app'] ? { apps: options['app'] as string[] } : {}),
      ...(options['rule'] ? { rules: options['rule'] as string[] } : {}),
    };
    const asked = askedBy(call);
    const plan = await planFixes(checkParts(asked), { cwd: io.cwd, ...narrowed });
    const judge = (): ReturnType<ReturnType<typeof composeCheck>> =>
      composeCheck(asked)({
        cwd: io.cwd,
        view: { kind: 'worktree' },
        scope: 'everything',
        ...narrowed,
      });
    if (options['dry-run'] === true) {
      await showPlan(plan, call);
      return exitCodeOf(await judge());
    }
    await editFiles(
      top,
      plan.files.map(({ path, before, edits }) => ({
        path,
        before,
        edit: (text) => applyEdits(text, edits),
      })),
    );
    io.write(`${describeMended(plan, 'Mended')}${describeLeft(plan)}What remains:\n\n`);
    return printReport(await judge(), call);
  },
};

async function showPlan(plan: FixPlan, { options, io }: Call): Promise<void> {
  const { preview } = await import('../fix/preview.ts');
  const color = usesColor(options['color'] as string | undefined, io.env, io.isTerminal);
  for (const file of plan.files) io.write(`${preview(file, color)}\n`);
  io.write(`${describeMended(plan, 'Would mend')}${describeLeft(plan)}Nothing was written.\n`);
}
