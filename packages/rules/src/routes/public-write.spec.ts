import { byVariable, made, no, open, opaque, testFacts } from '../../test/made-facts.ts';
import rule from './public-write.ts';

type Outcomes = Parameters<typeof made>[2];
const create = (outcomes: Outcomes, more = {}): ReturnType<typeof made> =>
  made('ship.createOne', 'POST /api/ships', outcomes, more);
const remove = (outcomes: Outcomes, more = {}): ReturnType<typeof made> =>
  made('ship.deleteOne', 'DELETE /api/ships/:id', outcomes, more);
const ruled = [open('authorised', 'rule')];
const noMode = [open('public', 'no-mode')];

testFacts(rule, {
  passes: [
    {
      name: 'a rule for each (FACTS §5.3)',
      facts: { routes: { routes: [create(ruled), remove([open('super-user', 'no-rule')])] } },
    },
    {
      name: 'authentication: false on one route is a decision',
      facts: { routes: { routes: [create([open('public', 'route-false')])] } },
      says: /only POST \/api\/ships answers anyone, and the code says so/,
    },
    {
      name: 'so is authenticationControl: false (FACTS §5.3)',
      facts: { generation: '1.4', routes: { routes: [create([open('public', 'control-false')])] } },
    },
    { name: 'not mounted', facts: { routes: { routes: [create(noMode, { mounted: no })] } } },
    {
      name: 'reading is not writing',
      facts: { routes: { routes: [made('ship.findMany', 'GET /api/ships', noMode)] } },
    },
    {
      name: 'login and signup are for strangers',
      facts: {
        routes: {
          routes: [made('auth.signup', 'POST /api/auth/signup', [open('public', 'login-or-signup')])],
        },
      },
    },
    {
      name: 'logging out without a login changes nothing (FACTS §4.6)',
      facts: {
        generation: '2.0-next',
        routes: {
          routes: [made('auth.logout', 'DELETE /api/auth/logout', [open('public', 'framework-has-none')])],
        },
      },
    },
    {
      name: 'what no app of 2.0-next can close (FACTS §4.6)',
      facts: {
        generation: '2.0-next',
        routes: {
          routes: [made('auth.deleteMe', 'DELETE /api/users/me', [open('public', 'framework-has-none')])],
        },
      },
    },
    {
      name: 'custom routes are not generated (FACTS §4.5)',
      facts: { routes: { routes: [create([open('public', 'custom-route')], { kind: 'custom' })] } },
    },
  ],
  fails: [
    {
      name: 'no mode: one finding for all (FACTS §5.3)',
      facts: { generation: '1.7', routes: { routes: [create(noMode), remove(noMode)] } },
      messages: ['noMode'],
      says: /authentication\.mode is not set, so nobody has to log in to call POST \/api\/ships and DELETE/,
    },
    {
      name: 'enabled: false opens everything (FACTS §3.16, trap 18)',
      facts: {
        routes: {
          routes: [
            create([open('public', 'authentication-disabled')]),
            remove([open('public', 'authentication-disabled')]),
          ],
        },
      },
      messages: ['disabled'],
      says: /authentication\.enabled is false/,
    },
    {
      name: 'authentication: undefined erases the default (FACTS §5.3, trap 6)',
      facts: { routes: { routes: [create([open('public', 'route-undefined')]), remove(ruled)] } },
      messages: ['erased'],
      says: /POST \/api\/ships answers anyone: its key authentication is there with the value undefined/,
    },
    {
      name: '2.0-next gives updateMe no authentication (FACTS §4.6, trap 20)',
      facts: {
        generation: '2.0-next',
        routes: {
          routes: [made('auth.updateMe', 'PATCH /api/users/me', [open('public', 'framework-has-none')])],
        },
      },
      messages: ['noDefault'],
      says: /write \.updateMe\(\{ authentication: true \}\) in ArkosRouteHook\("auth"\)/,
    },
    {
      name: 'open whichever way the variable goes',
      facts: {
        routes: {
          routes: [
            create([
              open('public', 'no-mode', 'MODE is unset'),
              open('public', 'authentication-disabled', 'MODE is set'),
            ]),
          ],
        },
      },
      messages: ['noMode'],
    },
  ],
  undecided: [
    {
      name: 'a variable decides the mode; all routes are one finding',
      facts: {
        routes: {
          routes: [
            create([open('public', 'no-mode', 'MODE is unset'), open('authorised', 'rule', 'MODE is set')]),
            remove([open('public', 'no-mode', 'MODE is unset'), open('authorised', 'rule', 'MODE is set')]),
          ],
        },
      },
      says: /POST \/api\/ships and DELETE.*\n.*if MODE is unset: authentication\.mode is not set/,
    },
    {
      name: 'a hook may skip the check (FACTS §5.3)',
      facts: { routes: { routes: [create([open('unknown', 'opaque')])] } },
      says: /by opaque/,
    },
    {
      name: 'nobody knows whether it is mounted',
      facts: { routes: { routes: [create(noMode, { mounted: opaque })] } },
      says: /function call/,
    },
    {
      name: 'a variable mounts it',
      facts: { routes: { routes: [create(noMode, { mounted: byVariable('OPEN') })] } },
      says: /if OPEN is set/,
    },
  ],
});
