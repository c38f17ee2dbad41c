/** Jest as native ES modules on TypeScript source; every package's `jest.config.mjs` is this. */
import { fileURLToPath } from 'node:url';

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{src,test}/**/*.spec.ts'],
  testEnvironmentOptions: { customExportConditions: ['@bulwark/source', 'node', 'node-addons'] },
  transform: { '^.+\\.ts$': fileURLToPath(new URL('jest.transform.mjs', import.meta.url)) },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  coverageProvider: 'v8',
  testTimeout: 60_000,
};
