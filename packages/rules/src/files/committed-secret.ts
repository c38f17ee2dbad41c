import { defineRule, pass, violation } from '@bulwark/model';
import type { FileFacts, SecretHit } from '@bulwark/model';

interface Input {
  readonly secrets: readonly SecretHit[];
}

export default defineRule<Input>({
  kind: 'file',
  id: 'committed-secret',
  title: 'No file holds a secret',
  why: 'History is copied to every clone and every fork. A secret that was committed once has to be replaced, even if the next commit removes it.',
  severity: 'error',
  messages: {
    found: ({ title, mask, allow }) =>
      `${title} ${mask}; take it out and replace it where it is in use, or, if it is no secret, say so with a comment: ${allow}`,
  },
  select: ({ secrets }: FileFacts) => ({ secrets }),
  check({ secrets }) {
    if (secrets.length === 0) return pass('no secret found');
    return secrets.map(({ title, mask, fingerprint, place, detector }) =>
      violation(
        'found',
        { title, mask, allow: `bulwark-allow committed-secret ${fingerprint.slice(0, 8)}: <reason>` },
        { key: detector, place, fingerprint },
      ),
    );
  },
});
