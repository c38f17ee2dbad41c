import { defineRule } from '@bulwark/model';
import { flagMessages, judgeFlag, selectFlag } from './cookie-flag.ts';
import type { FlagInput } from './cookie-flag.ts';

export default defineRule<FlagInput>({
  kind: 'live-mode',
  id: 'jwt-cookie-http-only',
  title: 'Scripts cannot read the token cookie',
  why: 'One injected script on one page is enough to carry away every token a script can read.',
  severity: 'error',
  messages: flagMessages,
  select: (facts) => selectFlag('httpOnly', facts),
  check: (input) => judgeFlag(input, 'any script on the page can read the token'),
});
