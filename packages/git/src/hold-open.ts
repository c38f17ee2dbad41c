import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** Whether this process waits for a child and its streams before it ends; it does until told otherwise. */
export function holdOpen(child: ChildProcessWithoutNullStreams, whether: boolean): void {
  const handles = [child, ...child.stdio] as unknown as readonly (Handle | null)[];
  for (const handle of handles) {
    if (whether) handle?.ref();
    else handle?.unref();
  }
}

interface Handle {
  ref(): void;
  unref(): void;
}
