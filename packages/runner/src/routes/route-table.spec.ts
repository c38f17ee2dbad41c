import { describe, expect, test } from '@jest/globals';
import { known } from '@bulwark/model';
import type { AccessOutcome, App, ModeFacts, Route, Value } from '@bulwark/model';
import { routeFormats } from './print-routes.ts';
import { routeTable } from './route-table.ts';
import type { RouteTable } from './route-table.ts';

const byDefault = { kind: 'default', of: 'a test' } as const;
const yes = known(true, byDefault);
const no = known(false, byDefault);
const unknown: Value = { kind: 'unknown', why: 'depends on the environment variable A', from: byDefault };

function route(line: string, more: Partial<Route> = {}): Route {
  const [method, path] = line.split(' ') as [Route['method'], string];
  const outcomes: AccessOutcome[] = [
    { when: null, who: 'public', reason: 'custom-route', because: 'custom routes are public' },
  ];
  return {
    method,
    path,
    kind: 'custom',
    module: null,
    endpoint: null,
    bulk: false,
    mounted: yes,
    access: 'public',
    because: 'custom routes are public',
    outcomes,
    ...more,
  };
}

function table(development: readonly Route[], production: readonly Route[], version = '1.6.7'): RouteTable {
  const app: App = {
    name: '@x/api',
    root: 'apps/api',
    manifest: null,
    config: null,
    arkos: { version, generations: [], from: 'package-lock.json', certainty: 'exact' },
  };
  const facts = (name: string, routes: readonly Route[], of = version): unknown => ({
    version: of,
    mode: { name, command: 'start' },
    routes: {
      routes,
      opaque: [{ path: '/x', module: null, because: 'it is a package' }],
      problems: [],
      bootProblems: [{ id: 'no-mode', message: 'Arkos exits', place: null }],
    },
  });
  return routeTable({
    app,
    facts: [
      facts('production', [route('GET /old')], '1.5.0'),
      facts('development', development),
      facts('production', production),
    ] as ModeFacts[],
  });
}

const pretty = (...args: Parameters<typeof table>): string =>
  routeFormats.pretty({ version: 1, apps: [table(...args)], problems: [] }, { color: false });

describe('the table of endpoints', () => {
  test('one row for an endpoint, whatever the mode; what is mounted nowhere is left out', () => {
    const off = route('GET /off', { mounted: no });
    expect(table([route('GET /a'), off], [route('GET /a'), off]).routes).toEqual([
      {
        method: 'GET',
        path: '/a',
        kind: 'custom',
        endpoint: null,
        in: {
          development: { mounted: true, who: 'public', because: 'custom routes are public' },
          production: { mounted: true, who: 'public', because: 'custom routes are public' },
        },
        differs: false,
        at: null,
      },
    ]);
  });

  test('is made for the newest version the app may run', () => {
    expect(table([], [])).toMatchObject({
      judgedAs: '1.6.7',
      modes: ['development', 'production'],
      routes: [],
    });
  });

  test('two handlers of one path are two rows', () => {
    const twice = [route('GET /a'), route('GET /a', { access: 'logged-in' })];
    expect(table(twice, twice).routes.map((row) => row.in['production']?.who)).toEqual([
      'public',
      'logged-in',
    ]);
  });

  test.each<[string, Route[], Route[], string | null]>([
    ['the same', [route('GET /a')], [route('GET /a')], null],
    ['mounted in one', [route('GET /a')], [route('GET /a', { mounted: no })], 'only in development'],
    ['there in one', [], [route('GET /a')], 'only in production'],
    [
      'open to others',
      [route('GET /a')],
      [route('GET /a', { access: 'super-user' })],
      'development: anyone; production: super users',
    ],
    [
      'perhaps in one',
      [route('GET /a', { mounted: no })],
      [route('GET /a', { mounted: unknown })],
      'perhaps production',
    ],
    [
      'unknown in both',
      [route('GET /a', { mounted: unknown })],
      [route('GET /a', { mounted: unknown })],
      null,
    ],
    [
      'a variable, the same either way',
      [route('GET /a')],
      [
        route('GET /a', {
          mounted: {
            ...unknown,
            outcomes: [
              { when: 'A is set', value: yes },
              { when: 'A is unset', value: yes },
            ],
          } as Value,
        }),
      ],
      null,
    ],
  ])('differs between modes: %s', (_name, development, production, said) => {
    const text = pretty(development, production);
    if (said === null) expect(text).toContain('the same routes in each');
    else expect(text).toMatch(new RegExp(`differs between modes:\\n    GET  /a  ${said}\\n`));
  });

  test('says what it cannot list', () => {
    expect(pretty([], [])).toContain('  Arkos exits\n');
    expect(pretty([], [])).toContain('not listed: what is mounted at /x (it is a package)');
  });

  test('prints nobody’s escapes, pipes or tags', () => {
    const odd = [route('GET /a\u001b[31m|<b>`x', { because: 'a|b <script>' })];
    const texts = [
      pretty(odd, odd),
      routeFormats.markdown({ version: 1, apps: [table(odd, odd)], problems: [] }),
    ];
    expect(texts.join('')).not.toContain('\u001b');
    expect(texts[1]).toContain('a\\|b &lt;script>');
    expect(texts[1]!.split('\n').find((line) => line.startsWith('| `GET`'))).toMatch(
      /^\| `GET` \| `[^`]*` \| all modes \|/,
    );
  });
});
