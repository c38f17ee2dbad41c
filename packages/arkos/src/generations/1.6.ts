/** Arkos 1.6: `defineConfig` is mandatory, sections are spread rather than merged (FACTS §1.1, §1.4). */
import { arkos15, withOpenCors } from './1.5.ts';
import type { Behaviour } from './behaviour.ts';

export function arkos16(patch: number): Behaviour {
  const before = arkos15(11);
  const cli = patch >= 3 ? { __ARKOS_CLI: 'true' } : {};
  return withOpenCors(
    {
      ...before,
      generation: '1.6',
      carrier: 'define-config',
      merge: 'sections',
      configExtension: 'tsconfig-or-dependency',
      falseValidator: patch >= 1 ? 'passes' : 'refuses',
      commands: {
        dev: { ...before.commands.dev, sets: { ...before.commands.dev.sets, ...cli } },
        start: { ...before.commands.start, sets: { ...before.commands.start.sets, ...cli } },
      },
      defaults: {
        ...(before.defaults as object),
        globalPrefix: '/api',
        swagger: { enableAfterBuild: true, endpoint: '/docs', authenticate: false },
      },
      defaultsWhenBuilt: { swagger: { authenticate: true } },
      keys: [
        ...before.keys.filter((key) => key !== 'middlewares.errorHandler.*'),
        'globalPrefix',
        ...(patch >= 1 ? ['source.*'] : []),
        'authentication.hooks.*',
      ],
      dead: {
        ...before.dead,
        'fileUpload.enabled': { instead: null, why: 'this key came with Arkos 1.6.3' },
        'middlewares.errorHandler': { instead: null, why: 'Arkos 1.6 always mounts its own error handler' },
        'middlewares.additional': {
          instead: 'app.use(...)',
          why: 'Arkos 1.6 takes routers and middlewares by app.use',
        },
        'routers.additional': {
          instead: 'app.use(...)',
          why: 'Arkos 1.6 takes routers and middlewares by app.use',
        },
        use: { instead: 'app.use(...)', why: 'Arkos 1.6 takes routers and middlewares by app.use' },
        configureApp: { instead: 'the app that arkos() returns', why: 'Arkos 1.6 hands out the app itself' },
        configureServer: { instead: 'app.listen(server)', why: 'Arkos 1.6 takes a server of your own' },
      },
    },
    patch >= 3,
  );
}
