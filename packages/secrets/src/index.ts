export { importModule } from './import-module.ts';
export { createScanner } from './scan.ts';
export type { Scanner, ScannerOptions } from './scan.ts';
export { pathClass } from './path-class.ts';
export type { NotChecked, ScanInput, ScanResult } from './result.ts';
export { addsNoRule, loadSecretlintConfig } from './secretlint-config.ts';
export type { SecretlintConfig, SecretlintRule } from './secretlint-config.ts';
