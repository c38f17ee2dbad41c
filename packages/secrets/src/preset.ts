/**
 * Our detectors as a preset of rules for anyone's secretlint: one rule for each group of detectors, with the
 * option `allows` (literal texts, or patterns as `/…/flags`), as the engine's own rules have it.
 */
import type {
  SecretLintRuleCreator,
  SecretLintRulePresetCreator,
  SecretLintSourceCode,
} from '@secretlint/types';
import { createAllows } from './allows.ts';
import { findByDetectors, ruleIdOf } from './detector-matches.ts';
import type { DetectorMatch } from './detector-matches.ts';
import { GROUPS } from './detectors/index.ts';
import { maskSecret } from './mask.ts';
import { prefilter } from './prefilter.ts';

export const PRESET_ID = '@bulwark/secretlint-rule-preset';

interface Options {
  readonly allows?: readonly string[];
}

const messages = {
  SECRET: { en: ({ TITLE, MASK }: { TITLE: string; MASK: string }) => `found ${TITLE}: ${MASK}` },
};

/** All rules look at one text in turn, so what one found of it serves the others. */
const remembered = new WeakMap<SecretLintSourceCode, readonly DetectorMatch[]>();

function matchesIn(source: SecretLintSourceCode): readonly DetectorMatch[] {
  const known = remembered.get(source);
  if (known) return known;
  const text = Buffer.from(source.content, 'utf8');
  const path = source.filePath ?? '';
  const { matches } = findByDetectors(path, text, prefilter(path, text));
  remembered.set(source, matches);
  return matches;
}

function createRule(group: string): SecretLintRuleCreator<Options> {
  const id = ruleIdOf(group);
  return {
    messages,
    meta: { id, type: 'scanner', recommended: true, supportedContentTypes: ['text'] },
    create(context, options) {
      const translate = context.createTranslator(messages);
      const isAllowed = createAllows(options.allows ?? []);
      return {
        file(source) {
          for (const match of matchesIn(source)) {
            if (!match.ruleIds.includes(id) || isAllowed(match.secret)) continue;
            // The message holds a mask, so nothing downstream has a secret to mask.
            const message = translate('SECRET', { TITLE: match.title, MASK: maskSecret(match.secret) });
            context.report({ message, range: unitsOf(source.content, match.from, match.to) });
          }
        },
      };
    },
  };
}

/** Bytes of the text's UTF-8 as UTF-16 units. */
function unitsOf(content: string, from: number, to: number): [number, number] {
  const bytes = Buffer.from(content, 'utf8');
  if (bytes.length === content.length) return [from, to];
  const start = bytes.toString('utf8', 0, from).length;
  return [start, start + bytes.toString('utf8', from, to).length];
}

export const rules = Object.keys(GROUPS).map(createRule) as SecretLintRuleCreator<unknown>[];

export const creator: SecretLintRulePresetCreator = {
  meta: { id: PRESET_ID, type: 'preset', recommended: true },
  rules,
  create(context) {
    for (const rule of rules) context.registerRule(rule as SecretLintRuleCreator);
  },
};
