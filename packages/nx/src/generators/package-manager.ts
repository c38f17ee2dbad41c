import type { Tree } from '@nx/devkit';

export type Manager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const LOCKS: readonly (readonly [string, Manager])[] = [
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['yarn.lock', 'yarn'],
  ['pnpm-lock.yaml', 'pnpm'],
];

/** Nx's own order of asking, on the files of the generator. */
export function managerOf(tree: Tree): Manager {
  return LOCKS.find(([lock]) => tree.exists(lock))?.[1] ?? 'npm';
}

/** What CI types: to install what is locked, and to run a command that is installed. */
export const COMMANDS: Readonly<Record<Manager, { readonly install: string; readonly run: string }>> = {
  npm: { install: 'npm ci', run: 'npx' },
  pnpm: { install: 'pnpm install --frozen-lockfile', run: 'pnpm exec' },
  yarn: { install: 'yarn install --immutable', run: 'yarn' },
  bun: { install: 'bun install --frozen-lockfile', run: 'bunx' },
};
