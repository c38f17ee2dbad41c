import { defineRule } from '@bulwark/model';

export default defineRule({
  kind: 'policy',
  id: 'waiver-expired',
  title: 'Every waiver is in date',
  why: 'A waiver is a promise to come back. When it ends, its findings count again, and two weeks before is the time to hear of it.',
  severity: 'warn',
  messages: {
    expired: ({ rule, about, expires, owner }) =>
      `the waiver of ${rule} for ${about} ended on ${expires}, so its findings count again; mend them, or renew it${owner === null ? '' : ` (owner: ${owner})`}`,
    expiring: ({ rule, about, expires, days, owner }) =>
      `the waiver of ${rule} for ${about} ends on ${expires}, ${days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`}${owner === null ? '' : ` (owner: ${owner})`}`,
  },
});
