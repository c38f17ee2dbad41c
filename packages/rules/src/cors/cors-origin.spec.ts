import { configuredApp, testRule } from '@bulwark/testing';
import type { AppCase } from '@bulwark/testing';
import rule from './cors-origin.ts';

/** The value of the CORS key of that version. */
const cors = (version: string, value: string, env: AppCase['env'] = {}): AppCase =>
  configuredApp(version, version < '1.4' ? `{ cors: ${value} }` : `{ middlewares: { cors: ${value} } }`, {
    env,
  });
const row = <T extends object>(name: string, app: AppCase, expected: T): AppCase & { name: string } & T => ({
  ...app,
  ...expected,
  name,
});

const SPECIFIC = "['https://app.example.com', 'https://desk.example.com']";
const OPEN_LINES = ['1.5.12', '1.5.17', '1.6.3', '1.6.7', '1.7.0', '2.0.0-next.16'];
const CLOSED_LINES = ['1.0.18', '1.2.9', '1.3.10', '1.4.15', '1.5.11', '1.6.2'];

/** An app in order whose entry makes a Socket.IO server with these options. */
const socket = (options: string, more: Partial<AppCase> = {}): AppCase => ({
  ...cors('1.7.0', `{ origin: ${SPECIFIC} }`),
  ...more,
  files: {
    'src/app.ts': `import arkos from 'arkos';\nimport { createServer } from 'node:http';\nimport { Server } from 'socket.io';\nconst app = arkos();\nconst http = createServer(app);\nexport const io = new Server(http${options});\napp.listen(http);\n`,
  },
});

testRule(rule, {
  passes: [
    row('a Socket.IO server without CORS', socket(''), {}),
    row('a Socket.IO server for one origin', socket(`, { cors: { origin: ${SPECIFIC} } }`), {}),
    ...CLOSED_LINES.flatMap((version) => [
      row(
        `${version} allowedOrigins lists origins (FACTS §3.1)`,
        cors(version, `{ allowedOrigins: ${SPECIFIC} }`),
        {},
      ),
      row(`${version} blocks by default (FACTS §3.1, §9.3)`, cors(version, '{}'), {}),
      row(
        `${version} allowedOrigins is undefined (FACTS §3.1)`,
        cors(version, '{ allowedOrigins: undefined }'),
        {},
      ),
    ]),
    ...OPEN_LINES.flatMap((version) => [
      row(`${version} origin lists origins (FACTS §3.1)`, cors(version, `{ origin: ${SPECIFIC} }`), {}),
      row(
        `${version} allowedOrigins lists origins (FACTS §3.1)`,
        cors(version, `{ allowedOrigins: ${SPECIFIC} }`),
        {},
      ),
      row(`${version} false switches CORS off (FACTS §3.1)`, cors(version, 'false'), {}),
      row(
        `${version} origin: undefined switches CORS off (FACTS §9.6)`,
        cors(version, '{ origin: undefined }'),
        {},
      ),
    ]),
    row('one origin as a string (FACTS §3.1)', cors('1.7.0', "{ origin: 'https://app.example.com' }"), {}),
    row(
      'an anchored pattern (FACTS §3.1)',
      cors('1.7.0', '{ origin: [/^https:\\/\\/[a-z]+\\.example\\.com$/] }'),
      {},
    ),
    row(
      'open in development only (FACTS §7.9)',
      cors('1.7.0', `{ origin: process.env.NODE_ENV === 'production' ? ${SPECIFIC} : true }`),
      {},
    ),
    row('nobody at all', cors('1.7.0', '{ origin: [] }'), {}),
    row(
      'specific whatever the variable says',
      cors('1.7.0', "{ origin: process.env.EU ? 'https://eu.example.com' : 'https://us.example.com' }"),
      {},
    ),
    row(
      'a pinned variable',
      cors('1.7.0', '{ origin: process.env.ORIGIN }', { ORIGIN: 'https://app.example.com' }),
      {},
    ),
  ],
  fails: [
    row(
      'a variable that a tracked file sets (FACTS §1.6)',
      { ...cors('1.7.0', '{ origin: process.env.ORIGIN }'), files: { '.env': 'ORIGIN=*\n' } },
      { messages: ['any'], says: /"\*" \(from the environment variable ORIGIN\)/ },
    ),
    row('a Socket.IO server for any origin', socket(", { cors: { origin: '*' } }"), {
      messages: ['any'],
      says: /cors\.origin of the Socket\.IO server is "\*"/,
    }),
    row('a Socket.IO server that names no origin', socket(', { cors: {} }'), { messages: ['any'] }),
    row('a Socket.IO server that reflects', socket(', { cors: { origin: true } }'), {
      messages: ['reflected'],
    }),
    ...OPEN_LINES.flatMap((version) => [
      row(`${version} nothing written (FACTS §3.1, §9.3)`, configuredApp(version, '{}'), {
        messages: ['open-by-default'],
        says: /middlewares\.cors\.origin/,
      }),
      row(`${version} an empty object (FACTS §3.1)`, cors(version, '{}'), { messages: ['open-by-default'] }),
      row(`${version} "*" (FACTS §3.1)`, cors(version, "{ origin: '*' }"), { messages: ['any'] }),
      row(`${version} true reflects (FACTS §3.1)`, cors(version, '{ origin: true, credentials: true }'), {
        messages: ['reflected'],
        says: /with cookies/,
      }),
      row(
        `${version} allowedOrigins is undefined (FACTS §3.1)`,
        cors(version, '{ allowedOrigins: undefined }'),
        { messages: ['open-when-unset'] },
      ),
      row(
        `${version} the key of 1.3 (FACTS §3.1, §8)`,
        configuredApp(version, `{ cors: { allowedOrigins: ${SPECIFIC} } }`),
        { messages: ['open-by-default'], says: /cors is written/ },
      ),
      row(
        `${version} options without allowedOrigins (FACTS §3.1, §9.4)`,
        cors(version, `{ options: { origin: ${SPECIFIC} } }`),
        { messages: ['options-ignored'] },
      ),
      row(
        `${version} options.origin wins (FACTS §3.1, §9.4)`,
        cors(version, `{ allowedOrigins: ${SPECIFIC}, options: { origin: true } }`),
        { messages: ['options-win'] },
      ),
    ]),
    ...CLOSED_LINES.map((version) =>
      row(`${version} "*" reflects, with cookies (FACTS §3.1)`, cors(version, "{ allowedOrigins: '*' }"), {
        messages: ['star-reflects'],
        says: /with cookies/,
      }),
    ),
    row('"*" in a list matches nothing (FACTS §3.1)', cors('1.7.0', "{ origin: ['*'] }"), {
      messages: ['star-in-list'],
    }),
    row('a star inside a name matches nothing', cors('1.7.0', "{ origin: ['https://*.example.com'] }"), {
      messages: ['star-in-text'],
    }),
    row('true in a list lets everybody in', cors('1.7.0', '{ origin: [true] }'), { messages: ['reflected'] }),
    row('the origin "null" is anybody', cors('1.7.0', "{ origin: ['null'] }"), { messages: ['null-origin'] }),
    row('an unanchored pattern (FACTS §3.1)', cors('1.7.0', '{ origin: [/example\\.com$/] }'), {
      messages: ['unanchored'],
    }),
    row('a pattern for every host', cors('1.7.0', '{ origin: /^https:\\/\\/.*$/ }'), {
      messages: ['any-host'],
    }),
    row('a pattern for hosts that look alike', cors('1.7.0', '{ origin: /^https:\\/\\/.*example\\.com$/ }'), {
      messages: ['other-hosts'],
    }),
    row(
      'the placeholder of older scaffolds (FACTS §3.1)',
      cors(
        '1.6.7',
        "{ allowedOrigins: process.env.NODE_ENV !== 'production' ? '*' : 'your-production-url' }",
      ),
      { messages: ['placeholder'] },
    ),
    row(
      'a function that always says yes (FACTS §3.1)',
      cors('1.7.0', '{ origin: (origin, callback) => callback(null, true) }'),
      { messages: ['reflected'] },
    ),
    row(
      'a delegate that always says yes (FACTS §3.1)',
      cors('1.7.0', '(req, callback) => { callback(null, { origin: true }); }'),
      { messages: ['reflected'] },
    ),
    row('open in every outcome', cors('1.7.0', "{ origin: process.env.STRICT ? '*' : true }"), {
      messages: ['any'],
    }),
  ],
  undecided: [
    row('a Socket.IO server for a variable', socket(', { cors: { origin: process.env.WS } }'), {
      because: /WS/,
    }),
    row('an unpinned variable', cors('1.7.0', '{ origin: process.env.ORIGIN }'), { because: /ORIGIN/ }),
    row(
      'a list out of a variable (FACTS §7.12)',
      cors('1.7.0', "{ origin: process.env.ORIGINS?.split(',') }"),
      { because: /ORIGINS/ },
    ),
    row('an unset variable opens it (FACTS §3.1)', cors('1.7.0', '{ allowedOrigins: process.env.ORIGIN }'), {
      because: /ORIGIN is unset/,
    }),
    row('open in one outcome', cors('1.7.0', `{ origin: process.env.DEMO === '1' ? '*' : ${SPECIFIC} }`), {
      because: /DEMO is "1"/,
    }),
    row(
      'a function of its own (FACTS §3.1)',
      cors('1.7.0', '{ origin: (origin, callback) => callback(null, isOurs(origin)) }'),
      { because: /function/ },
    ),
    ...['1.3.10', '1.5.11', '1.7.0'].map((version) =>
      row(
        `${version} a custom handler (FACTS §3.1)`,
        cors(version, '{ customHandler: (req, res, next) => next() }'),
        { because: /function|handler/ },
      ),
    ),
  ],
});
