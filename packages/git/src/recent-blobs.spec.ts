import { describe, expect, it } from '@jest/globals';
import { RecentBlobs } from './recent-blobs.ts';

describe('RecentBlobs', () => {
  it('gives back the bytes, though what they were cut from is used again', () => {
    const piece = Buffer.from('one two');
    const recent = new RecentBlobs();
    recent.keep('a', piece.subarray(0, 3));
    piece.fill(0);
    expect(recent.get('a')?.toString()).toBe('one');
    expect(recent.get('b')).toBeUndefined();
  });

  it('forgets the oldest once there are too many bytes, and keeps the newest', () => {
    const recent = new RecentBlobs(3000);
    for (const id of ['a', 'b', 'c', 'd']) recent.keep(id, Buffer.alloc(900));
    expect(['a', 'b', 'c', 'd'].filter((id) => recent.get(id) !== undefined)).toEqual(['c', 'd']);
  });

  it('keeps no large one', () => {
    const recent = new RecentBlobs();
    recent.keep('a', Buffer.alloc(1024 * 1024));
    expect(recent.get('a')).toBeUndefined();
  });

  it('keeps an empty one', () => {
    const recent = new RecentBlobs();
    recent.keep('a', Buffer.alloc(0));
    expect(recent.get('a')?.length).toBe(0);
  });
});
