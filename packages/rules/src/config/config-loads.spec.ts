import { configuredApp, testRule } from '@bulwark/testing';
import rule from './config-loads.ts';

const PLAIN = "{ authentication: { mode: 'static' } }";
const DEFINED = `import { defineConfig } from 'arkos/config';\nexport default defineConfig(${PLAIN});\n`;
const FROM_1_4 = ['1.4.15', '1.5.17', '1.6.7', '1.7.0', '2.0.0-next.16'];
const FROM_1_6 = ['1.6.7', '1.7.0', '2.0.0-next.16'];
const THROWS = "if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is not set');\n";
const guarded = (version: string) => {
  const app = configuredApp(version, PLAIN);
  return { ...app, config: app.config!.replace('export default', `${THROWS}export default`) };
};

testRule(rule, {
  passes: [
    ...['1.0.18', '1.2.9', '1.3.10', ...FROM_1_4].map((version) => ({
      ...configuredApp(version, PLAIN),
      name: `${version} where it is read (FACTS §1.1)`,
    })),
    {
      ...guarded('1.7.0'),
      env: { JWT_SECRET: 'set' },
      name: 'a guard whose variable is pinned (FACTS §1.2)',
    },
    { ...guarded('2.0.0-next.16'), name: '2.0-next stops at a throw, which is fine (FACTS §1.2)' },
    {
      version: '1.7.0',
      config:
        `const config = ${PLAIN};\n`.replace('const', "import { defineConfig } from 'arkos/config';\nconst") +
        'export { wrapped as default };\nconst wrapped = defineConfig(config);\n',
      name: 'exported as default by name (FACTS §7)',
    },
  ],
  fails: [
    ...['1.4.15', '1.5.17', '1.6.7', '1.7.0'].map((version) => ({
      ...guarded(version),
      messages: ['may-throw', 'may-throw'],
      name: `${version} a guard that throws away all settings (FACTS §1.2, §9.8)`,
    })),
    {
      ...configuredApp('1.7.0', PLAIN),
      config: "throw new Error('not yet');\n",
      messages: ['throws', 'throws'],
      name: 'it always throws (FACTS §1.2)',
    },
    ...FROM_1_6.map((version) => ({
      version,
      config: `export default ${PLAIN};\n`,
      messages: ['not-wrapped', 'not-wrapped'],
      says: /defineConfig/,
      name: `${version} a bare object (FACTS §1.1)`,
    })),
    {
      version: '1.7.0',
      config: DEFINED.replace("'arkos/config'", "'arkos'"),
      messages: ['wrong-import', 'wrong-import'],
      name: 'defineConfig from the wrong place (FACTS §1.1)',
    },
    {
      version: '1.7.0',
      config: DEFINED.replace('export default', 'export const config ='),
      messages: ['no-default-export', 'no-default-export'],
      name: 'no default export (FACTS §1.2)',
    },
    ...['mts', 'cjs', 'json'].map((extension) => ({
      version: '1.7.0',
      files: { [`arkos.config.${extension}`]: DEFINED },
      messages: ['never-read', 'never-read'],
      name: `.${extension} is never read (FACTS §1.2)`,
    })),
    {
      version: '1.7.0',
      config: DEFINED,
      files: { 'tsconfig.json': '{"include":["src"]}' },
      messages: ['not-built'],
      name: 'arkos build does not emit it (FACTS §1.3)',
    },
    {
      version: '1.7.0',
      config: DEFINED,
      files: { 'arkos.config.js': DEFINED },
      messages: ['stale-twin', 'stale-twin'],
      name: 'a stale twin wins after the build (FACTS §1.3)',
    },
  ],
  undecided: [
    { config: '<<<<<<< HEAD\nexport default {};\n', because: /parsed/, name: 'a merge conflict left in it' },
    { config: 'export default {\n', because: /parsed/, name: 'text this parser cannot read' },
  ],
});
