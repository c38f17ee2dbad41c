import type { AppCase } from '@bulwark/testing';
import { LOGIN_LIMIT, exemplaryApp } from './guide-apps.ts';
import { routedApp } from './routed-apps.ts';

/** An application in order in all that any rule looks at: its configuration, its routes and how it is started. */
export function wholeApp(release: string): AppCase {
  const configured = exemplaryApp(release);
  const routed = routedApp(release);
  const { 'src/app.ts': entry, ...routes } = routed.files as Readonly<Record<string, string>>;
  if (!release.startsWith('2.')) return { ...configured, files: { ...configured.files, ...routes } };
  // Nothing but hooks says there what a route checks, so both halves meet in the entry.
  const login = `ArkosRouteHook('auth').login({ rateLimit: ${LOGIN_LIMIT} })`;
  return {
    ...configured,
    config: configured.config!.replace("resolver: 'class-validator'", "resolver: 'zod'"),
    files: { ...configured.files, ...routes, 'src/app.ts': entry!.replace("ArkosRouteHook('auth')", login) },
  };
}
