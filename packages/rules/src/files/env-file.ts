import { defineRule, fingerprint, pass, startOf, violation } from '@bulwark/model';
import type { EnvFile } from '@bulwark/model';

interface Input {
  readonly path: string;
  readonly blob: string | null;
  readonly env: EnvFile | null;
}

export default defineRule<Input>({
  kind: 'file',
  id: 'env-file',
  title: 'No env file is committed',
  why: 'Env files are where real credentials live. Arkos even lets them win over the environment of the server they end up on.',
  severity: 'error',
  messages: {
    committed: ({ how }) =>
      `${how}; run git rm --cached on it and ignore it. To share the names of variables, commit a template such as .env.example with empty values`,
  },
  select: ({ path, blob, env }) => ({ path, blob, env }),
  check({ path, blob, env }) {
    if (!env) return pass('no env file');
    if (env.holds === 'template') return pass('it is a template without real values');
    if (env.holds === 'encrypted') return pass('its values are encrypted');
    const named = env.by === 'name' ? 'this is an env file' : 'this file reads like an env file';
    const how = env.variable === null ? named : `${named} and gives ${env.variable} a value`;
    return violation(
      'committed',
      { how },
      {
        key: 'env-file',
        place: env.place ?? startOf(path),
        fingerprint: fingerprint('env-file', blob ?? path),
      },
    );
  },
});
