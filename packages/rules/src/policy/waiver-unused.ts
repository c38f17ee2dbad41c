import { defineRule } from '@bulwark/model';

export default defineRule({
  kind: 'policy',
  id: 'waiver-unused',
  title: 'Every waiver covers a finding',
  why: 'A waiver that covers nothing is an open door for the next one: the fault it once excused can come back unseen.',
  severity: 'warn',
  messages: {
    unused: ({ rule, about }) =>
      `the waiver of ${rule} for ${about} covers nothing any more; take it out of bulwark.json`,
  },
});
