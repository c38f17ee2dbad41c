import { defineRule } from '@bulwark/model';

export default defineRule({
  kind: 'policy',
  id: 'policy-weakened',
  title: 'This change does not loosen the policy that judges it',
  why: 'Settings are read from what is being judged, so a change can bring its own permission along. It may well be right; it must not go unseen in review.',
  severity: 'warn',
  messages: {
    turnedDown: ({ rule, from, to, where }) =>
      `this change turns ${rule} down from ${JSON.stringify(from)} to ${JSON.stringify(to)}${where}`,
    options: ({ rule, from, to, where }) =>
      `this change gives ${rule} other options${where}: ${to}, before ${from}; see that it asks no less`,
    preset: ({ from, to, rules }) =>
      `this change replaces the preset ${JSON.stringify(from)} by ${JSON.stringify(to)}, which turns ${rules} down`,
    waiverAdded: ({ rule, about, reason }) => `this change waives ${rule} for ${about}: ${reason}`,
    waiverExtended: ({ rule, about, from, to }) =>
      `this change keeps the waiver of ${rule} for ${about} until ${to}, before ${from}`,
    ignored: ({ glob, files }) =>
      `this change ignores ${glob}: ${files === 0 ? 'no file is there yet' : `${files} more ${files === 1 ? 'file is' : 'files are'} not looked at`}`,
    secretsIgnored: ({ glob, files }) =>
      `this change has .secretlintignore name ${glob}: ${files === 0 ? 'no file is there yet' : `${files} more ${files === 1 ? 'file is' : 'files are'} not searched for secrets`}`,
    secretsExceptionDropped: ({ glob, files }) =>
      `this change takes the exception ${glob} out of .secretlintignore: ${files} more ${files === 1 ? 'file is' : 'files are'} not searched for secrets`,
    envFilesRemoved: ({ pattern }) =>
      `this change takes ${pattern} out of "envFiles": such files may be committed`,
    appLeftOut: ({ app }) => `this change leaves out the app ${app}, which was judged before`,
    pluginRemoved: ({ plugin }) =>
      `this change takes the plugin ${plugin} out of the settings, so its rules judge nothing any more`,
    pluginChanged: ({ plugin, files }) =>
      `this change alters the rules of ${plugin} (${files}), which judge from the next commit on; see that they ask no less`,
    undecided: ({ from, to }) =>
      `this change counts what is undecided as ${JSON.stringify(to)}, before ${JSON.stringify(from)}`,
    blockNew: () => 'this change lets the hooks pass what the base already has; before, everything blocked',
    alwaysRemoved: ({ rule }) => `this change lets the hooks pass ${rule} where the base already has it`,
    maxFileSize: ({ from, to }) =>
      `this change lets files of up to ${to} in, before ${from}; larger ones stop a commit`,
  },
});
