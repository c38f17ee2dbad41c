/** The one file that knows the engine. It is imported when a text may hold something, never before. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { lintSource } from '@secretlint/core';
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintCoreConfig } from '@secretlint/types';
import { importModule } from './import-module.ts';
import { RECOMMENDED, extraRules, presetRules } from './secretlint-config.ts';
import type { SecretlintConfig } from './secretlint-config.ts';

/** What the engine reports, without the text it reports it in. */
export interface EngineMessage {
  readonly ruleId: string;
  readonly messageId: string;
  /** UTF-16 units of the text that was given. */
  readonly from: number;
  readonly to: number;
}

/** The preset's rules, or those a configuration adds. */
export type EngineRules = 'preset' | 'extra';

export type Engine = (path: string, content: string, rules: EngineRules) => Promise<readonly EngineMessage[]>;

/**
 * The engine's profiler sets about 60 performance marks a file and keeps them all. It is a module of its
 * own, pinned by core; resolving it from core's place makes sure it is core's copy that is switched off.
 */
async function quietProfiler(): Promise<void> {
  const own = createRequire(import.meta.url);
  const core = createRequire(own.resolve('@secretlint/core'));
  const url = pathToFileURL(core.resolve('@secretlint/profiler')).href;
  const { secretLintProfiler } = (await importModule(url)) as {
    secretLintProfiler: { setEnabled(on: boolean): void };
  };
  secretLintProfiler.setEnabled(false);
}

/** Suppression comments are applied to all detectors alike, so the engine's own filter is off. */
const NO_COMMENTS = { id: '@secretlint/secretlint-rule-filter-comments', disabled: true };

/** An engine under a repository's configuration, or under none. */
export async function createEngine(config: SecretlintConfig = { rules: [] }): Promise<Engine> {
  await quietProfiler();
  const shared = config.sharedOptions ? { sharedOptions: config.sharedOptions } : {};
  const configs = {
    preset: {
      ...shared,
      rules: [{ id: RECOMMENDED, rule: preset, options: {}, rules: [...presetRules(config), NO_COMMENTS] }],
    },
    extra: {
      ...shared,
      rules: extraRules(config).map(({ creator, rules, ...rule }) => ({
        ...rule,
        rule: creator,
        ...(rules && { rules }),
      })),
    },
  } as unknown as Record<EngineRules, SecretLintCoreConfig>;
  return async (path, content, rules) => {
    const dot = path.lastIndexOf('.');
    const result = await lintSource({
      source: { filePath: path, content, ext: dot === -1 ? '' : path.slice(dot), contentType: 'text' },
      options: { noPhysicFilePath: true, maskSecrets: false, config: configs[rules] },
    });
    return result.messages.map(({ ruleId, messageId, range: [from, to] }) => ({
      ruleId,
      messageId,
      from,
      to,
    }));
  };
}
