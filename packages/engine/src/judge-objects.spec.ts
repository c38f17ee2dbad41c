/** What many paths of one blob come to: every place is decided on its own, and the bytes are scanned once. */
import { describe, expect, test } from '@jest/globals';
import { defineRule, startOf, violation } from '@bulwark/model';
import type { FileFacts, Rule } from '@bulwark/model';
import type { Scanner } from '@bulwark/secrets';
import type { BroughtObject, ObjectPlace } from './brought-objects.ts';
import { judgeObjects } from './judge-objects.ts';
import type { JudgedObjects } from './judge-objects.ts';
import { noKnownScans } from './known-scans.ts';
import { defaultSettings } from './settings.ts';
import type { Settings } from './settings.ts';

const forbidden: Rule = defineRule<FileFacts>({
  kind: 'file',
  id: 'forbidden-word',
  title: 't',
  why: 'w',
  severity: 'error',
  messages: { found: () => 'the word is there' },
  select: (file) => file,
  check: ({ secrets }) =>
    secrets.map(({ place, fingerprint }) => violation('found', {}, { key: 'k', place, fingerprint })),
}) as Rule;

/** Finds the word FORBIDDEN, does not look at UNCHECKED, and counts how often it is asked. */
function countingScanner(): { scanner: Scanner; scanned: string[] } {
  const scanned: string[] = [];
  const scan: Scanner['scan'] = ({ path, bytes }) => {
    scanned.push(path);
    const text = Buffer.from(bytes).toString('utf8');
    const hit = {
      detector: 'd',
      title: 'T',
      mask: '…',
      fingerprint: 'f'.repeat(64),
      place: startOf(path),
    };
    return Promise.resolve({
      hits: text.includes('FORBIDDEN') ? [hit] : [],
      env: null,
      notChecked: text.includes('UNCHECKED') ? [{ reason: 'too deep' }] : [],
      disabledAt: null,
    }) as unknown as ReturnType<Scanner['scan']>;
  };
  return { scanner: { scan, mayMatter: () => true } as unknown as Scanner, scanned };
}

type Bringing = readonly [path: string, ...before: string[]];

interface Judged extends JudgedObjects {
  readonly scanned: readonly string[];
  /** `path@commit`, and what else is to be said of it. */
  readonly told: readonly string[];
}

/** Judges one blob, brought to these places by a commit each. Ids are the texts. */
async function judge(
  text: string,
  bringings: readonly Bringing[],
  settings: Partial<Settings> = {},
  rules: readonly Rule[] = [forbidden],
): Promise<Judged> {
  const places = bringings.map(([path, ...before], at): ObjectPlace => ({
    path,
    mode: '100644',
    commit: `c${at}`,
    before,
  }));
  return judgeAll([{ id: text, size: text.length, places }], settings, rules);
}

async function judgeAll(
  blobs: readonly BroughtObject[],
  settings: Partial<Settings> = {},
  rules: readonly Rule[] = [forbidden],
): Promise<Judged> {
  const { scanner, scanned } = countingScanner();
  const judged = await judgeObjects<BroughtObject>(
    {
      blobs,
      async *stream(blobs) {
        yield await Promise.resolve(blobs.map((blob) => ({ blob, bytes: Buffer.from(blob.id) })));
      },
      read: (id) => Promise.resolve(Buffer.from(id)),
    },
    {
      settings: { ...defaultSettings, ...settings },
      rules,
      scanner,
      known: noKnownScans,
      today: '2027-01-01',
    },
  );
  const told = judged.findings.map(
    ({ path, commit, older, waived }) =>
      `${path}@${commit}${older === true ? ' older' : ''}${waived ? ' waived' : ''}`,
  );
  return { ...judged, scanned, told };
}

const BAD = 'FORBIDDEN';

describe('several paths of one blob', () => {
  const places: readonly Bringing[] = [['a/k.ts'], ['b/k.ts'], ['c/k.ts']];

  test('that all bring the same are told as one, and scanned once', async () => {
    const { told, scanned } = await judge(BAD, places);
    expect(told).toEqual(['a/k.ts@c0']);
    expect(scanned).toEqual(['a/k.ts']);
  });

  test('one that is ignored hides no other', async () => {
    const { told, skipped, files } = await judge(BAD, places, { ignore: ['a/**', 'c/**'] });
    expect(told).toEqual(['b/k.ts@c1']);
    expect(skipped.map(({ path }) => path)).toEqual(['a/k.ts', 'c/k.ts']);
    expect(files).toBe(1);
  });

  test('one that .secretlintignore names hides no other', async () => {
    const { told, skipped } = await judge(BAD, places, { secretlintIgnore: 'a/\n' });
    expect(told).toEqual(['b/k.ts@c1']);
    expect(skipped.map(({ path }) => path)).toEqual(['a/k.ts']);
  });

  test('one that is waived hides no other', async () => {
    const waivers = [{ rule: forbidden.id, path: 'a/*', reason: 'r' }];
    expect((await judge(BAD, places, { waivers })).told).toEqual(['a/k.ts@c0 waived', 'b/k.ts@c1']);
  });

  test('one that is older hides no other, and what was there is scanned once', async () => {
    const before = `${BAD} before`;
    const { told, scanned } = await judge(BAD, [['a/k.ts', before], ['b/k.ts', before], ['c/k.ts']]);
    expect(told).toEqual(['a/k.ts@c0 older', 'c/k.ts@c2']);
    expect(scanned).toEqual(['a/k.ts', 'a/k.ts']);
  });

  test('what was not checked is said of each that is to be checked, once', async () => {
    const { problems } = await judge('UNCHECKED', [...places, ['b/k.ts', 'other']], { ignore: ['a/**'] });
    expect(problems.map(({ path }) => path)).toEqual(['b/k.ts', 'c/k.ts']);
  });

  test('with a rule of the team, each is judged and told', async () => {
    const byName = { ...forbidden, plugin: { path: 'p', digest: null } } as unknown as Rule;
    expect((await judge(BAD, places, {}, [byName])).told).toEqual(['a/k.ts@c0', 'b/k.ts@c1', 'c/k.ts@c2']);
  });
});

describe('several commits that bring a blob to one path', () => {
  test('a finding that is new to one of them is new', async () => {
    const { told } = await judge(BAD, [
      ['k.ts', `${BAD} before`],
      ['k.ts', 'clean'],
    ]);
    expect(told).toEqual(['k.ts@c1']);
  });

  test('a finding that is older to all of them is older', async () => {
    const { told } = await judge(BAD, [
      ['k.ts', `${BAD} before`],
      ['k.ts', `${BAD} also`],
    ]);
    expect(told).toEqual(['k.ts@c0 older']);
  });

  test('one that a comment accepts hides no later one without it', async () => {
    const brought = (id: string, commit: string): BroughtObject => ({
      id,
      size: id.length,
      places: [{ path: 'k.ts', mode: '100644', commit, before: [] }],
    });
    const accepted = brought(`${BAD} // bulwark-allow ${forbidden.id}: a sample`, 'c0');
    expect((await judgeAll([accepted])).told).toEqual(['k.ts@c0 waived']);
    expect((await judgeAll([accepted, brought(BAD, 'c1')])).told).toEqual(['k.ts@c1']);
  });

  test('a path that is skipped or too large is said once', async () => {
    const both: readonly Bringing[] = [['k.ts', 'x'], ['k.ts']];
    expect((await judge(BAD, both, { ignore: ['k.ts'] })).skipped).toHaveLength(1);
    expect((await judge(BAD, both, { maxFileSize: 3 })).problems).toHaveLength(1);
  });
});
