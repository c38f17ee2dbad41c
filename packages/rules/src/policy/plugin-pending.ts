import { defineRule } from '@bulwark/model';

export default defineRule({
  kind: 'policy',
  id: 'plugin-pending',
  title: 'Every plugin the settings name is in force',
  why: "Rules of the team's own are run as they stood before the change, so that no change brings its own judge. What is new in them has not judged anything yet, and nobody should think it had.",
  severity: 'warn',
  messages: {
    pending: ({ plugin }) =>
      `the rules of ${plugin} have not judged this: they are in force once they, and the settings that name them, are committed and whole`,
    edited: ({ plugin, files }) =>
      `the rules of ${plugin} judged as they are committed; what is different here (${files}) does not count yet`,
  },
});
