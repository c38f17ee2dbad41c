import type { RuleInfo } from '@bulwark/model';
import { rules } from '@bulwark/rules';
import { readPage } from './rule-pages.ts';

/** What reports may say of rules. Pages are files, so they are read only where a format shows them. */
export async function ruleInfos(withPages: boolean): Promise<readonly RuleInfo[]> {
  return Promise.all(
    rules.map(async ({ id, title, why, severity }) => ({
      id,
      title,
      why,
      severity,
      ...(withPages ? { page: await readPage(id) } : {}),
    })),
  );
}
