import type { AppCase } from './judge-config.ts';

/**
 * An app of this version with these options, written where that version reads them (FACTS §1.1): in
 * `arkos.init(...)` up to 1.3, as a plain default export in 1.4 and 1.5, through `defineConfig` from 1.6.
 *
 * @param options the text of an object: `{ routers: { strict: true } }`
 */
export function configuredApp(
  version: string,
  options: string,
  more: Omit<AppCase, 'config' | 'version'> = {},
): AppCase {
  if (/^1\.[0-3]\./.test(version)) {
    const entry = `import arkos from 'arkos';\narkos.init(${options});\n`;
    return { version, ...more, files: { 'src/app.ts': entry, ...more.files } };
  }
  if (/^1\.[45]\./.test(version)) {
    const entry = "import arkos from 'arkos';\narkos.init({});\n";
    const config = `export default ${options};\n`;
    return { version, config, ...more, files: { 'src/app.ts': entry, ...more.files } };
  }
  const config = `import { defineConfig } from 'arkos/config';\nexport default defineConfig(${options});\n`;
  return { version, config, ...more };
}
