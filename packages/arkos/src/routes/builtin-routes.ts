import { at, isUndefined, known, property } from '@bulwark/model';
import { bareUnknown, chain, isTruthy } from './chain-value.ts';
import { joinPath } from './custom-routers.ts';
import type { Access, AccessOutcome, AccessReason, Generation, Route, Value } from '@bulwark/model';

interface BuiltIn {
  readonly name: string;
  readonly path: string;
  readonly mounted: Value;
  readonly who: Access | 'unknown';
  readonly reason: AccessReason;
  readonly because: string;
}

/** Welcome, available resources, docs, static files: what strict never touches (FACTS §4.1, §4.3, §3.16). */
export function builtInRoutes(
  config: Value,
  generation: Generation,
  command: 'dev' | 'start',
  prefix: string,
  authenticates: Value,
): readonly Route[] {
  const always = known(true, { kind: 'default', of: `Arkos ${generation}` });
  const isOpen = authenticates.kind === 'known' && authenticates.value === false;
  const docs = docsPath(config, prefix);
  const list: BuiltIn[] = [
    {
      name: 'welcome',
      path: prefix,
      mounted: welcomeMounted(config, generation),
      who: 'public',
      reason: 'built-in',
      because: 'the welcome route greets everybody',
    },
  ];
  if (generation !== '2.0-next') {
    list.push({
      name: 'availableResources',
      path: joinPath(prefix, 'available-resources'),
      mounted: always,
      who: isOpen ? 'public' : authenticates.kind === 'known' ? 'logged-in' : 'unknown',
      reason: isOpen ? 'no-mode' : 'built-in',
      because: isOpen
        ? 'without `authentication.mode` nothing is authenticated'
        : 'it asks for a login where there is one',
    });
  }
  if (generation !== '1.0' && generation !== '1.2') {
    const access = docsAccess(config, command);
    const mounted = docsMounted(config, generation, command);
    list.push({ name: 'docs', path: docs, mounted, ...access });
    if (generation === '1.7' && access.who !== 'public') {
      list.push({
        name: 'docs',
        path: joinPath(docs, 'auth'),
        mounted,
        who: 'public',
        reason: 'built-in',
        because: 'the guard of the docs lets any path below them through that has "/auth" in it',
      });
    }
  }
  if (generation === '1.7' || generation === '2.0-next') {
    list.push({
      name: 'static',
      path: joinPath(textOf(at(config, 'staticFiles.prefix')) ?? '', '*'),
      mounted: chain(at(config, 'staticFiles'), (leaf) =>
        known(!(leaf.kind === 'known' && leaf.value === false), leaf.from),
      ),
      who: 'public',
      reason: 'built-in',
      because: 'static files are for everybody',
    });
  }
  return list.map(toRoute);
}

function toRoute({ name, path, mounted, who, reason, because }: BuiltIn): Route {
  const outcome: AccessOutcome = { when: null, who, reason, because };
  return {
    method: 'GET',
    path,
    kind: 'builtin',
    module: null,
    endpoint: name,
    bulk: false,
    mounted,
    access: who,
    because,
    outcomes: [outcome],
  };
}

function welcomeMounted(config: Value, generation: Generation): Value {
  if (['1.0', '1.2', '1.3'].includes(generation)) return unlessListed(config, 'welcome-endpoint');
  return chain(at(config, 'routers.welcomeRoute'), (leaf) =>
    known(!(leaf.kind === 'known' && leaf.value === false), leaf.from),
  );
}

/** `routers.disable: ["…"]` of ≤1.3 (FACTS §4.4). */
export function unlessListed(config: Value, name: string): Value {
  return chain(at(config, 'routers.disable'), (leaf) => {
    const data = leaf.kind === 'known' && typeof leaf.value === 'object' ? leaf.value : null;
    if (data?.type !== 'array') return known(true, leaf.from);
    const isListed = data.items.some((item) => item.kind === 'known' && item.value === name);
    const open = data.rest ?? data.items.find((item) => item.kind === 'unknown');
    if (!isListed && open?.kind === 'unknown') return bareUnknown(open);
    return known(!isListed, leaf.from);
  });
}

function docsMounted(config: Value, generation: Generation, command: 'dev' | 'start'): Value {
  return chain(property(config, 'swagger'), (swagger) => {
    const isOff = swagger.kind === 'known' && (swagger.value === false || swagger.value === null);
    if (isOff) return known(false, swagger.from);
    const isNew = generation === '1.6' || generation === '1.7' || generation === '2.0-next';
    if (command === 'dev') return known(isNew || swagger.kind === 'known', swagger.from);
    return chain(property(swagger, 'enableAfterBuild'), (leaf) =>
      known(leaf.kind === 'absent' || isUndefined(leaf) ? isNew : isTruthy(leaf), leaf.from),
    );
  });
}

/** `swagger.authenticate`: on under `arkos start`, off under `arkos dev`, unless it is said (FACTS §3.16). */
function docsAccess(config: Value, command: 'dev' | 'start'): Pick<BuiltIn, 'who' | 'reason' | 'because'> {
  const written = at(config, 'swagger.authenticate');
  if (written.kind === 'unknown') return { who: 'unknown', reason: 'opaque', because: written.why };
  const isOn = written.kind === 'absent' || isUndefined(written) ? command === 'start' : isTruthy(written);
  return isOn
    ? { who: 'super-user', reason: 'built-in', because: 'the docs ask for the login of a super user' }
    : { who: 'public', reason: 'built-in', because: '`swagger.authenticate` is off' };
}

function docsPath(config: Value, prefix: string): string {
  return joinPath(prefix, textOf(at(config, 'swagger.endpoint')) ?? '/docs');
}

export function textOf(value: Value): string | null {
  return value.kind === 'known' && typeof value.value === 'string' ? value.value : null;
}
