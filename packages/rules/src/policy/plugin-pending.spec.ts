import { testMessages } from '../../test/messages.ts';
import rule from './plugin-pending.ts';

testMessages(rule, {
  pending: [[{ plugin: './tools/policies', files: '' }, /of \.\/tools\/policies have not judged this/]],
  edited: [
    [{ plugin: './tools/policies', files: 'tools/policies/index.mjs' }, /index\.mjs\) does not count/],
  ],
});
