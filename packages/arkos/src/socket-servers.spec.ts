import { expect, test } from '@jest/globals';
import { createLoader } from '@bulwark/evaluator';
import { memorySnapshot, toJson } from '@bulwark/model';
import type { Value } from '@bulwark/model';
import { evaluatingUnder } from './evaluate-module.ts';
import { socketServers } from './socket-servers.ts';

const CONFIG: Value = { kind: 'absent', from: { kind: 'default', of: 'a test' } };

async function originsIn(files: Record<string, string>): Promise<unknown[]> {
  const snapshot = memorySnapshot({ 'tsconfig.json': '{}', 'package.json': '{}', ...files });
  const evaluating = evaluatingUnder(createLoader(snapshot), {});
  const servers = await socketServers(snapshot, { root: '.' }, '1.7', CONFIG, evaluating);
  return servers.map(({ origin }) => toJson(origin) ?? origin.kind);
}

const made = (call: string): string =>
  `import { Server } from 'socket.io';\nimport io from 'socket.io';\nimport { createServer } from 'node:http';\nconst http = createServer();\n${call};\n`;

test.each<[string, string, unknown]>([
  ['no options', 'new Server(http)', false],
  ['no cors', 'new Server(http, {})', false],
  ['origins', "new Server(http, { cors: { origin: ['https://a.example.com'] } })", ['https://a.example.com']],
  ['cors without origin is any (engine.io)', 'new Server(http, { cors: {} })', '*'],
  ['cors: true is any', 'new Server(http, { cors: true })', '*'],
  ['an empty origin is none', "new Server(http, { cors: { origin: '' } })", false],
  ['options alone', "new Server({ cors: { origin: '*' } })", '*'],
  ['the default export, called', "io(http, { cors: { origin: '*' } })", '*'],
  ['a variable', 'new Server(http, { cors: { origin: process.env.WS } })', 'unknown'],
])('%s', async (_name, call, origin) => {
  expect(await originsIn({ 'src/app.ts': made(call) })).toEqual([origin]);
});

test('one made by a module the entry imports', async () => {
  const files = {
    'src/app.ts': "import { listen } from './sockets.ts';\nlisten();\n",
    'src/sockets.ts': `import { Server } from 'socket.io';\nexport const listen = () => new Server(3000, { cors: { origin: '*' } });\n`,
  };
  expect(await originsIn(files)).toEqual(['*']);
});

test('nothing of other packages, and no entry', async () => {
  expect(
    await originsIn({ 'src/app.ts': "import { Server } from 'ws';\nnew Server({ cors: {} });\n" }),
  ).toEqual([]);
  expect(await originsIn({})).toEqual([]);
});
