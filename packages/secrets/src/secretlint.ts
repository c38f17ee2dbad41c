/** The one file that knows the engine. It is imported when a text may hold something, never before. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { lintSource } from '@secretlint/core';
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';

const PRESET = '@secretlint/secretlint-rule-preset-recommend';

/** What the engine reports, without the text it reports it in. */
export interface EngineMessage {
  readonly ruleId: string;
  readonly messageId: string;
  /** UTF-16 units of the text that was given. */
  readonly from: number;
  readonly to: number;
}

/**
 * The engine's profiler sets about 60 performance marks a file and keeps them all. It is a module of its
 * own, pinned by core; resolving it from core's place makes sure it is core's copy that is switched off.
 */
async function quietProfiler(): Promise<void> {
  const own = createRequire(import.meta.url);
  const core = createRequire(own.resolve('@secretlint/core'));
  const url = pathToFileURL(core.resolve('@secretlint/profiler')).href;
  const { secretLintProfiler } = (await import(url)) as {
    secretLintProfiler: { setEnabled(on: boolean): void };
  };
  secretLintProfiler.setEnabled(false);
}

await quietProfiler();

/** Runs the recommended preset on one text. Suppression comments are not applied: that is done for all detectors alike. */
export async function runEngine(path: string, content: string): Promise<readonly EngineMessage[]> {
  const dot = path.lastIndexOf('.');
  const result = await lintSource({
    source: { filePath: path, content, ext: dot === -1 ? '' : path.slice(dot), contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      maskSecrets: false,
      config: {
        rules: [
          {
            id: PRESET,
            rule: preset,
            options: {},
            rules: [{ id: '@secretlint/secretlint-rule-filter-comments', disabled: true }],
          },
        ],
      },
    },
  });
  return result.messages.map(({ ruleId, messageId, range: [from, to] }) => ({ ruleId, messageId, from, to }));
}
