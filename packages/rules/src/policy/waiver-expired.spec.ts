import { testMessages } from '../../test/messages.ts';
import rule from './waiver-expired.ts';

const waiver = { rule: 'cors-origin', about: 'apps/a', expires: '2027-01-01', owner: null };

testMessages(rule, {
  expired: [
    [waiver, /ended on 2027-01-01, so its findings count again; mend them, or renew it$/],
    [{ ...waiver, owner: 'platform' }, /\(owner: platform\)$/],
  ],
  expiring: [
    [{ ...waiver, days: 0 }, /ends on 2027-01-01, today$/],
    [{ ...waiver, days: 1 }, /tomorrow$/],
    [{ ...waiver, days: 14, owner: 'data' }, /in 14 days \(owner: data\)$/],
  ],
});
