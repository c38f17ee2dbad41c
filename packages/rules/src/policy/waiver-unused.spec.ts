import { testMessages } from '../../test/messages.ts';
import rule from './waiver-unused.ts';

testMessages(rule, {
  unused: [[{ rule: 'cors-origin', about: 'apps/a' }, /waiver of cors-origin for apps\/a covers nothing/]],
});
