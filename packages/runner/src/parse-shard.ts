import { UserError } from '@bulwark/model';

/** `2/4` → the second of four parts. @throws UserError for what is none. */
export function parseShard(text: string): { kind: 'shard'; index: number; count: number } {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (!index || !count || index > count) {
    throw new UserError(
      `--shard cannot be ${JSON.stringify(text)}.`,
      'Write which part of how many: --shard 1/4, --shard 2/4 and so on.',
    );
  }
  return { kind: 'shard', index, count };
}
