/** Every message of a rule, said once: no rule has one that nobody has read. */
import { describe, expect, test } from '@jest/globals';
import type { Props, Rule } from '@bulwark/model';

export function testMessages(rule: Rule, cases: Readonly<Record<string, readonly [Props, RegExp][]>>): void {
  describe(`${rule.id}: what it says`, () => {
    test('has a case for every message', () => {
      expect(Object.keys(cases).toSorted()).toEqual(Object.keys(rule.messages).toSorted());
    });
    for (const [id, rows] of Object.entries(cases)) {
      test.each(rows)(`${id} %j`, (props, text) => {
        const said = rule.messages[id]!(props);
        expect(said).toMatch(text);
        expect(said).not.toMatch(/undefined|null|\[object/);
      });
    }
  });
}
