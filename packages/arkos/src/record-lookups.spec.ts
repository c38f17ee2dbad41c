import { expect, test } from '@jest/globals';
import { memorySnapshot } from '@bulwark/model';
import { digestOfPaths, filesUnder, mergeTraces, recordLookups } from './record-lookups.ts';

const files = { 'a-b/x': '', 'a/b/x': '1', 'a/b/y': '', 'a/z': '', 'a.txt': '', b: '' };

test('the files below a folder, and nothing beside it', () => {
  const snapshot = memorySnapshot(files);
  const under = (folder: string): string[] => filesUnder(snapshot, folder).map(({ path }) => path);
  expect(under('a')).toEqual(['a/b/x', 'a/b/y', 'a/z']);
  expect(under('a/b')).toEqual(['a/b/x', 'a/b/y']);
  expect(under('none')).toEqual([]);
  expect(under('')).toHaveLength(6);
});

test('a trace names what was opened, missed and listed, once and in order', async () => {
  const snapshot = memorySnapshot(files);
  const recording = recordLookups(snapshot);
  await recording.read(recording.file('a/b/x')!);
  recording.file('gone');
  recording.file('gone');
  filesUnder(recording, 'a');
  const trace = mergeTraces([recording.trace(), recording.trace()]);
  expect(trace.files).toEqual([{ path: 'a/b/x', blob: snapshot.file('a/b/x')!.blob }]);
  expect(trace.missing).toEqual(['gone']);
  expect(trace.lists.map(({ folder }) => folder)).toEqual(['a']);
});

test('a list differs when a file comes or goes below the folder, and only then', () => {
  const digest = (more: Record<string, string>): string => {
    const recording = recordLookups(memorySnapshot({ ...files, ...more }));
    filesUnder(recording, 'a');
    return recording.trace().lists[0]!.digest;
  };
  expect(digest({ 'a/new': '' })).not.toBe(digest({}));
  expect(digest({ 'b2/new': '', 'a/z': 'changed' })).toBe(digest({}));
});

test('a list differs where a path does, though its bytes are not UTF-8', () => {
  const paths = ['a/\udc80.ts', 'a/\udc81.ts', 'a/\ufffd.ts', String.raw`a/\udc80.ts`, 'a/80.ts', 'a/😀.ts'];
  const digests = paths.map((path) => digestOfPaths(memorySnapshot({ [path]: '' }), 'a'));
  expect(new Set(digests).size).toBe(paths.length);
});
