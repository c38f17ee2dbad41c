import { defineRule } from '@bulwark/model';
import { flagMessages, judgeFlag, selectFlag } from './cookie-flag.ts';
import type { FlagInput } from './cookie-flag.ts';

export default defineRule<FlagInput>({
  kind: 'live-mode',
  id: 'jwt-cookie-secure',
  title: 'The token cookie travels over TLS only',
  why: 'Without the flag one plain HTTP request, to a forgotten link or by a proxy that ends TLS, shows the token to everyone on the way.',
  severity: 'error',
  messages: flagMessages,
  select: (facts) => selectFlag('secure', facts),
  check: (input) => judgeFlag(input, 'the token can travel over plain HTTP'),
});
