import { describe, expect, it } from '@jest/globals';
import { BroughtBlobs } from './brought-blobs.ts';

/** `path@commit<before` of every place of the one blob. */
function told(...added: readonly (readonly [path: string, ...before: string[]])[]): string[] {
  const brought = new BroughtBlobs();
  for (const [at, [path, ...before]] of added.entries())
    brought.add('blob', { path, mode: '100644', commit: `c${at}`, before });
  return brought
    .list(new Map())
    .flatMap(({ places }) => places.map(({ path, commit, before }) => `${path}@${commit}<${before.join()}`));
}

describe('BroughtBlobs', () => {
  it('keeps every path, and the first commit of those that bring a blob there from the same', () => {
    expect(told(['a', 'x'], ['b', 'x'], ['a', 'x'], ['b', 'x'])).toEqual(['a@c0<x', 'b@c1<x']);
  });

  it('keeps every commit that brings a blob to a path from something else', () => {
    expect(told(['a', 'x'], ['a', 'y'], ['a', 'x', 'y'], ['a', 'y'])).toEqual([
      'a@c0<x',
      'a@c1<y',
      'a@c2<x,y',
    ]);
  });

  it('once all is new at a path, keeps no later commit', () => {
    expect(told(['a', 'x'], ['a'], ['a', 'y'], ['a'], ['b', 'y'])).toEqual(['a@c0<x', 'a@c1<', 'b@c4<y']);
  });

  it('does the same where there are many', () => {
    const many = Array.from({ length: 40 }, (_, at) => ['a', `x${at}`] as const);
    expect(told(...many, ...many)).toHaveLength(40);
    const twice = [...many, ['a'], ...many, ['a'], ['a', 'z']] as const;
    expect(told(...twice)).toHaveLength(41);
    const paths = Array.from({ length: 40 }, (_, at) => [`p${at}`] as const);
    expect(told(...paths, ...paths, ['p3', 'x'])).toHaveLength(40);
  });
});
