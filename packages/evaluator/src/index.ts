/** A configuration module's value under given environment variables, without running it. */
export { evaluate } from './evaluate.ts';
export type { EvaluateOptions, Evaluation, FileProblem, ForeignCall, Teachings, Threw } from './evaluate.ts';
export { createLoader } from './loader.ts';
export type { Loader, LoaderOptions, ModuleGraph, Trace } from './loader.ts';
export type { Budgets } from './machine/budget.ts';
export type { Environment } from './machine/realm.ts';
export { createPackageFinder, workspacePackages } from './resolve/package-finder.ts';
