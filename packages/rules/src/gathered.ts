/** Facts that not every gathering brings: a rule that needs them says so instead of judging nothing. */
import type { ModeFacts, RouteFacts, StartFacts } from '@bulwark/model';

/** @throws Error where nobody read the routes; the engine then calls the rule undecided. */
export function routesOf({ app, routes }: ModeFacts): RouteFacts {
  if (!routes) throw new Error(`the routes of ${app.root} were not read`);
  return routes;
}

/** @throws Error where nobody read how the app is started. */
export function startOf({ app, start }: ModeFacts): StartFacts {
  if (!start) throw new Error(`how ${app.root} is started was not read`);
  return start;
}
