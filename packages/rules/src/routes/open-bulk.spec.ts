import { known } from '@bulwark/model';
import { byVariable, made, no, open, opaque, testFacts } from '../../test/made-facts.ts';
import rule from './open-bulk.ts';

const ruled = [open('authorised', 'rule')];
const bulk = (module: string, more = {}): ReturnType<typeof made>[] => [
  made(`${module}.createMany`, `POST /api/${module}s/many`, ruled, more),
  made(`${module}.updateMany`, `PATCH /api/${module}s/many`, ruled, more),
];
const off = { mounted: no };
const source = { kind: 'default', of: 'a test' } as const;

testFacts(rule, {
  passes: [
    { name: 'off by routers.strict (FACTS §4.3)', facts: { routes: { routes: bulk('berth', off) } } },
    {
      name: 'findMany is not bulk (FACTS §4.1)',
      facts: { routes: { routes: [made('berth.findMany', 'GET /api/berths', ruled)] } },
    },
    {
      name: 'a custom /many is somebody’s own decision (FACTS §4.5)',
      facts: { routes: { routes: bulk('berth', { kind: 'custom', endpoint: null }) } },
    },
    {
      name: 'named in the settings, by module',
      facts: { routes: { routes: bulk('berth') } },
      options: { needed: ['berth'] },
    },
    {
      name: 'named in the settings, one by one',
      facts: { routes: { routes: bulk('berth') } },
      options: { needed: ['berth.createMany', 'berth.updateMany'] },
    },
    { name: 'no models at all', facts: {} },
  ],
  fails: [
    {
      name: 'mounted again by disable: false (FACTS §4.4, trap 15)',
      facts: { generation: '1.7', routes: { routes: [...bulk('berth'), ...bulk('ship', off)] } },
      messages: ['mounted'],
      says: /createMany and updateMany of berth are mounted and answer whoever a rule allows; write createMany: \{ disabled: true \} in src\/modules\/berth\/berth\.router/,
    },
    {
      name: 'all of them by routers.strict, as one finding',
      facts: { strict: known(false, source), routes: { routes: [...bulk('berth'), ...bulk('ship')] } },
      messages: ['all'],
      says: /routers\.strict leaves the bulk endpoints of berth and ship mounted/,
    },
    {
      name: '1.2 has no such key (FACTS §3.11)',
      facts: { generation: '1.2', routes: { routes: [...bulk('berth'), ...bulk('ship')] } },
      messages: ['mounted', 'mounted'],
    },
    {
      name: '2.0-next reads no routers.strict (FACTS §4.6, trap 20)',
      facts: { generation: '2.0-next', routes: { routes: bulk('shift') } },
      messages: ['mounted'],
      says: /ArkosRouteHook\("shift"\)/,
    },
    {
      name: 'one is named, the other is not',
      facts: { routes: { routes: bulk('berth') } },
      options: { needed: ['berth.createMany'] },
      messages: ['mounted'],
      says: /^updateMany of berth is mounted/,
    },
  ],
  undecided: [
    {
      name: 'a variable decides',
      facts: { routes: { routes: bulk('berth', { mounted: byVariable('BULK') }) } },
      says: /variable BULK[\s\S]*if BULK is set: createMany/,
    },
    {
      name: 'code decides',
      facts: { routes: { routes: bulk('berth', { mounted: opaque }) } },
      says: /function call/,
    },
  ],
});
