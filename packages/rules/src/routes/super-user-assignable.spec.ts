import { known } from '@bulwark/model';
import { byVariable, made, no, open, testFacts, writer } from '../../test/made-facts.ts';
import rule from './super-user-assignable.ts';

const source = { kind: 'default', of: 'a test' } as const;
const zod = known('zod', source);
const classValidator = known('class-validator', source);

const signup = (more = {}): ReturnType<typeof made> =>
  made('auth.signup', 'POST /api/auth/signup', [open('public', 'login-or-signup')], more);
const updateMe = made('auth.updateMe', 'PATCH /api/users/me', [open('logged-in', 'framework-default')]);
const createMany = (who: 'super-user' | 'logged-in'): ReturnType<typeof made> =>
  made('user.createMany', 'POST /api/users/many', [
    open(who, who === 'super-user' ? 'no-rule' : 'route-true'),
  ]);
const accepted = [[null, 'accepted']] as const;

testFacts(rule, {
  passes: [
    {
      name: 'zod rejects unknown fields since 1.5.1 (FACTS §3.10)',
      facts: { resolver: zod, routes: { userWriters: [writer(signup(), [[null, 'rejected']])] } },
    },
    {
      name: 'stripped is not assigned (FACTS §3.10, 1.0 to 1.3)',
      facts: {
        generation: '1.3',
        resolver: classValidator,
        routes: { userWriters: [writer(signup(), [[null, 'stripped']])] },
      },
    },
    {
      name: 'either way it is not accepted',
      facts: {
        routes: {
          userWriters: [
            writer(signup(), [
              ['STRICT is set', 'rejected'],
              ['STRICT is unset', 'stripped'],
            ]),
          ],
        },
      },
    },
    {
      name: 'signup is off',
      facts: { routes: { userWriters: [writer(signup({ mounted: no }), accepted)] } },
    },
    {
      name: 'scaffolded create-user knows the field, behind a rule (FACTS §5.4)',
      facts: {
        routes: {
          userWriters: [
            writer(made('user.createOne', 'POST /api/users', [open('authorised', 'rule')]), accepted),
          ],
        },
      },
    },
    {
      name: 'bulk for super users only',
      facts: { routes: { userWriters: [writer(createMany('super-user'), accepted)] } },
    },
    { name: 'no writer at all', facts: {}, says: /no endpoint writes/ },
  ],
  fails: [
    {
      name: 'class-validator lets unknown fields through (FACTS §3.10, §5.4, trap 2)',
      facts: {
        generation: '1.7',
        resolver: classValidator,
        routes: { userWriters: [writer(signup(), accepted)] },
      },
      messages: ['assignable'],
      says: /POST \/api\/auth\/signup answers anyone and lets the body set isSuperUser: the field is accepted; .*whitelist: true, forbidNonWhitelisted: true/,
    },
    {
      name: 'whoever is logged in promotes himself (FACTS §5.4)',
      facts: { resolver: zod, routes: { userWriters: [writer(updateMe, accepted)] } },
      messages: ['assignable'],
      says: /anyone who is logged in .*does not let unknown fields through/,
    },
    {
      name: 'without a resolver nothing is validated (FACTS §5.1, trap 23)',
      facts: {
        generation: '1.4',
        routes: { userWriters: [writer(signup(), accepted), writer(updateMe, accepted)] },
      },
      messages: ['assignable', 'assignable'],
      says: /needs validation\.resolver to be set/,
    },
    {
      name: 'bulk writes are never validated by themselves (FACTS §5.1, trap 24)',
      facts: { resolver: zod, routes: { userWriters: [writer(createMany('logged-in'), accepted)] } },
      messages: ['assignable'],
      says: /createMany: \{ disabled: true \}/,
    },
    {
      name: '2.0-next switches it off in a hook',
      facts: { generation: '2.0-next', routes: { userWriters: [writer(createMany('logged-in'), accepted)] } },
      messages: ['assignable'],
      says: /\.createMany\(\{ disabled: true \}\)/,
    },
    {
      name: 'through the relation of another model (FACTS §5.4)',
      facts: {
        resolver: zod,
        routes: {
          userWriters: [
            writer(made('post.createOne', 'POST /api/posts', [open('public', 'route-false')]), accepted, {
              through: 'nested',
              field: 'author.….isSuperUser',
            }),
          ],
        },
      },
      messages: ['assignable'],
      says: /set author\.….isSuperUser: .*a validator without the relation/,
    },
    {
      name: 'a custom route that is seen to pass its body on',
      facts: {
        routes: {
          userWriters: [
            writer(
              made('user.x', 'POST /api/join', [open('public', 'custom-route')], {
                kind: 'custom',
                endpoint: null,
              }),
              accepted,
              { through: 'custom' },
            ),
          ],
        },
      },
      messages: ['assignable'],
      says: /take isSuperUser out of the body/,
    },
  ],
  undecided: [
    {
      name: 'nobody can read the validator',
      facts: { resolver: zod, routes: { userWriters: [writer(signup(), [[null, 'unknown']])] } },
      says: /POST \/api\/auth\/signup: the field is unknown/,
    },
    {
      name: 'a variable decides what becomes of the field',
      facts: {
        resolver: zod,
        routes: {
          userWriters: [
            writer(signup(), [
              ['LOOSE is set', 'accepted'],
              ['LOOSE is unset', 'rejected'],
            ]),
          ],
        },
      },
      says: /if LOOSE is set: POST/,
    },
    {
      name: 'a variable mounts signup',
      facts: { routes: { userWriters: [writer(signup({ mounted: byVariable('SIGNUP') }), accepted)] } },
      says: /SIGNUP/,
    },
    {
      name: 'a hook may skip the login (FACTS §5.3)',
      facts: {
        routes: {
          userWriters: [
            writer(made('user.createOne', 'POST /api/users', [open('unknown', 'opaque')]), accepted),
          ],
        },
      },
      says: /by opaque/,
    },
  ],
});
