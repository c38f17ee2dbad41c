import { testMessages } from '../../test/messages.ts';
import rule from './policy-weakened.ts';

testMessages(rule, {
  turnedDown: [
    [
      { rule: 'cors-origin', from: 'error', to: 'off', where: '' },
      /turns cors-origin down from "error" to "off"$/,
    ],
    [{ rule: 'cors-origin', from: 'error', to: 'warn', where: ' for apps/a' }, /"warn" for apps\/a$/],
  ],
  options: [
    [
      { rule: 'jwt-expiry', from: '{"max":"1d"}', to: '{"max":"9d"}', where: '' },
      /\{"max":"9d"\}, before \{"max":"1d"\}/,
    ],
  ],
  preset: [
    [
      { from: 'strict', to: 'secrets-only', rules: 'cors-origin and jwt-secret' },
      /preset "strict" by "secrets-only", which turns cors-origin and/,
    ],
  ],
  waiverAdded: [
    [
      { rule: 'cors-origin', about: 'apps/a', reason: 'a widget' },
      /waives cors-origin for apps\/a: a widget/,
    ],
  ],
  waiverExtended: [
    [
      { rule: 'cors-origin', about: 'apps/a', from: '2027-01-01', to: 'ever' },
      /until ever, before 2027-01-01/,
    ],
  ],
  ignored: [
    [{ glob: '"docs/**"', files: 0 }, /no file is there yet/],
    [{ glob: '"docs/**"', files: 1 }, /1 more file is not/],
    [{ glob: '"docs/**"', files: 2 }, /2 more files are not/],
  ],
  secretsIgnored: [
    [{ glob: '"docs/**"', files: 0 }, /\.secretlintignore name "docs\/\*\*": no file is there yet/],
    [{ glob: '"docs/**"', files: 1 }, /1 more file is not searched for secrets/],
    [{ glob: '"docs/**"', files: 2 }, /2 more files are not searched for secrets/],
  ],
  secretsExceptionDropped: [
    [{ glob: '"!docs/**"', files: 1 }, /exception "!docs\/\*\*" out of .*1 more file is not/],
    [{ glob: '"!docs/**"', files: 2 }, /2 more files are not/],
  ],
  envFilesRemoved: [[{ pattern: '"*.secrets"' }, /"\*\.secrets" out of "envFiles"/]],
  appLeftOut: [[{ app: 'apps/a' }, /leaves out the app apps\/a/]],
  pluginRemoved: [[{ plugin: './tools/policies' }, /takes the plugin \.\/tools\/policies out/]],
  pluginChanged: [
    [{ plugin: './tools/policies', files: 'tools/policies/a.mjs' }, /policies \(tools\/policies\/a\.mjs\)/],
  ],
  undecided: [[{ from: 'error', to: 'warn' }, /as "warn", before "error"/]],
  blockNew: [[{}, /lets the hooks pass/]],
  alwaysRemoved: [[{ rule: 'router-strict-parity' }, /pass router-strict-parity where/]],
  maxFileSize: [[{ from: '50mb', to: '2gb' }, /up to 2gb in, before 50mb/]],
});
