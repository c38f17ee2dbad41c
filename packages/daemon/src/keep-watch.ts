/** When a daemon ends by itself: nobody asked for long, or it is not the daemon of this place any more. */

/** Seconds without a question after which a daemon ends, if it was not told otherwise. */
export const IDLE_SECONDS = 15 * 60;

/** Milliseconds between two looks. */
const LOOK_EVERY = 2000;

export interface WatchOptions {
  readonly idleSeconds: number;
  /** Why it may not stay, in words; `null` as long as it may. */
  whyNotStay(): Promise<string | null>;
  /** Called at most once. */
  onEnd(why: string): void;
}

export interface Watch {
  /** Somebody asked. */
  touch(): void;
  close(): void;
}

/** Times are of a clock that only runs forward: a changed date, or a sleep, ends nothing early. */
export function keepWatch({ idleSeconds, whyNotStay, onEnd }: WatchOptions): Watch {
  let touched = performance.now();
  const look = async (): Promise<void> => {
    const idle = (performance.now() - touched) / 1000;
    const why = idle >= idleSeconds ? `idle for ${Math.round(idle)} s` : await whyNotStay();
    if (why === null) return;
    clearInterval(timer);
    onEnd(why);
  };
  const timer = setInterval(() => void look(), Math.min(LOOK_EVERY, Math.max(50, idleSeconds * 250)));
  return {
    touch() {
      touched = performance.now();
    },
    close() {
      clearInterval(timer);
    },
  };
}
