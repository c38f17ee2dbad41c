/** How much work one evaluation may be. What is past it is unknown: no input makes it hang. */
export interface Budgets {
  /** Nodes evaluated. */
  readonly steps: number;
  /** Nested calls and expressions. */
  readonly depth: number;
  /** UTF-16 units of one string, or items of one array. */
  readonly size: number;
}

export const DEFAULT_BUDGETS: Budgets = { steps: 400_000, depth: 900, size: 200_000 };

/** Thrown when a budget is used up; ends the evaluation. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted';
}
