/** Choices read from a list of numbers: a shorter or smaller list makes a simpler program, so failures shrink. */
export class Tape {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 up to, not including, `limit`; 0 past the end. */
  below(limit: number): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number % limit;
  }

  get isSpent(): boolean {
    return this.#at >= this.#numbers.length;
  }

  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent;
  }

  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)]!;
  }

  run<T>(options: readonly (() => T)[]): T {
    return this.pick(options)();
  }
}
