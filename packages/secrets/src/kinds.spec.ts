/** Kinds of files that hold secrets by trade, and secrets one level down in base64. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createDraw } from './draw.ts';
import { createScanner } from './index.ts';

const draw = createDraw('kinds');
const secret = draw('alnum', 40);
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Places of what is found, as `line:column`. */
async function placesIn(path: string, text: string): Promise<string[]> {
  const { hits } = await createScanner().scan({ path, bytes: Buffer.from(text) });
  return hits.map(({ place: { line, column } }) => `${line}:${column}`);
}

describe('a secret is found in', () => {
  const account = {
    type: 'service_account',
    private_key_id: draw('hex', 40),
    private_key: privateKey,
    client_email: 'a@b.iam.gserviceaccount.com',
  };
  test.each([
    ['.npmrc', `registry=https://npm.acme.io/\n//npm.acme.io/:_authToken=${draw('url', 40)}\n`, 2],
    ['.netrc', `# mine\nmachine api.acme.io login me password ${draw('alnum', 20)}\n`, 2],
    [
      '.docker/config.json',
      `{"auths":{"acme.io":{"auth":"${Buffer.from(`me:${secret}`).toString('base64')}"}}}`,
      1,
    ],
    ['kubeconfig', `users:\n- name: me\n  user:\n    token: ${secret}\n`, 4],
    [
      'kube/config',
      `users:\n- user:\n    client-key-data: ${Buffer.from(privateKey).toString('base64')}\n`,
      3,
    ],
    ['account.json', JSON.stringify(account, null, 2), 4],
    ['.ssh/id_rsa', privateKey, 1],
    ['a.env.txt', `A=1\r\nJWT_SECRET=${secret}\r\n`, 2],
    ['ci.yml', `env:\n  BLOB: ${Buffer.from(`A=1\nJWT_SECRET=${secret}\n`).toString('base64')}\n`, 2],
    ['ci.yml', `env:\n  KEY: ${Buffer.from(privateKey).toString('base64')}\n`, 2],
  ])('%s', async (path, text, line) => {
    const places = await placesIn(path, text);
    expect(places.map((place) => Number(place.split(':')[0]))).toEqual([line]);
  });
});

test('a carriage return before the line’s end moves no column', async () => {
  expect(await placesIn('a.ts', `x\r\ny\r\n  const jwtSecret = '${secret}';\r\n`)).toEqual(['3:22']);
});

test('the work grows with the number of files and no faster: every file is read once, in pieces', async () => {
  const work = async (count: number): Promise<number> => {
    let reads = 0;
    const scanner = createScanner();
    const bytes = new Proxy(Buffer.from(`token = '${secret}'\n`), {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    for (let file = 0; file < count; file += 1) await scanner.scan({ path: `src/${file}.ts`, bytes });
    return reads;
  };
  const [few, many] = [await work(10), await work(100)];
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeCloseTo(10, 1);
});
