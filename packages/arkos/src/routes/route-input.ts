import type { ModuleKind } from './endpoints.ts';
import type { Evaluating } from './evaluate-export.ts';
import type { ModuleFiles } from './module-files.ts';
import type { Generation, Route, Value } from '@bulwark/model';

/** What is known of an app in one mode before its routes are. */
export interface RouteInput {
  readonly generation: Generation;
  readonly command: 'dev' | 'start';
  /** The effective configuration, defaults of the version included. */
  readonly config: Value;
  /** What becomes of fields a validator does not know: `rejected`, `stripped`, `passed` or `unvalidated` (FACTS §3.10). */
  readonly unknownFields: Value;
  /** What `validation: { body: false }` does (FACTS §3.12). */
  readonly falseValidator: 'refuses' | 'passes';
  /** Whether `fileUpload.enabled: true` switches uploads off (FACTS §3.16). */
  readonly isUploadInverted: boolean;
  readonly evaluating: Evaluating;
}

/** One module with what its files say. */
export interface GatheredModule {
  readonly name: string;
  readonly kind: ModuleKind;
  readonly files: ModuleFiles;
  /** Its endpoints, in the order of FACTS §4.1. */
  readonly routes: readonly Route[];
}
