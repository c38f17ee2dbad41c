import { askGit } from './ask-git.ts';
import type { Repository } from './repository.ts';

/** What git hands its pre-push hook: the name, or the URL twice where it was pushed to by URL. */
export interface Remote {
  readonly name: string;
  readonly url: string;
}

/** A remote of the configuration: where its branches are kept here, and its addresses as written. */
interface ConfiguredRemote {
  readonly name: string;
  readonly kept: readonly string[];
}

/**
 * Ids of what this repository last saw on a remote: its remote-tracking refs. Only refs that the fetch
 * settings of this remote alone write to count, and only under `refs/remotes/`: in a mirror, every branch
 * of one's own looks like the remote's.
 */
export async function listRemoteIds(repository: Repository, remote: Remote): Promise<string[]> {
  const remotes = await listRemotes(repository);
  const named = remotes.filter(({ name }) => name === remote.name);
  const meant = named.length > 0 ? named : await findByUrl(repository, remotes, remote.url);
  if (meant.length === 0) return [];
  const refs = await askGit(repository.place, [
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    'refs/remotes/',
  ]);
  const others = remotes.filter((one) => !meant.includes(one));
  return refs
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ id: line.slice(0, line.indexOf(' ')), ref: line.slice(line.indexOf(' ') + 1) }))
    .filter(({ ref }) => keeps(meant, ref) && !keeps(others, ref))
    .map(({ id }) => id);
}

function keeps(remotes: readonly ConfiguredRemote[], ref: string): boolean {
  return remotes.some(({ kept }) => kept.some((pattern) => matchesRef(pattern, ref)));
}

/** A ref pattern holds one `*` at most (gitglossary(7), "refspec"). */
function matchesRef(pattern: string, ref: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === ref;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return ref.length >= before.length + after.length && ref.startsWith(before) && ref.endsWith(after);
}

/** Reads `git config --null --get-regexp`: `remote.<name>.fetch\n<value>\0`, repeated. */
async function listRemotes({ place }: Repository): Promise<ConfiguredRemote[]> {
  const settings = await askGit(place, [
    'config',
    '--null',
    '--get-regexp',
    String.raw`^remote\..*\.(url|fetch)$`,
  ]);
  const kept = new Map<string, string[]>();
  for (const setting of settings.split('\0')) {
    const line = setting.indexOf('\n');
    const key = /^remote\.(.*)\.(url|fetch)$/s.exec(line === -1 ? setting : setting.slice(0, line));
    if (key === null) continue;
    const [, name = '', what] = key;
    const patterns = kept.get(name) ?? [];
    kept.set(name, patterns);
    const to = /^\+?[^^:]*:(refs\/remotes\/.+)$/.exec(setting.slice(line + 1))?.[1];
    if (what === 'fetch' && to !== undefined) patterns.push(to);
  }
  return [...kept].map(([name, patterns]) => ({ name, kept: patterns }));
}

/** The remotes that are fetched from this address; `url.*.insteadOf` is applied, as it was to the address. */
async function findByUrl(
  { place }: Repository,
  remotes: readonly ConfiguredRemote[],
  url: string,
): Promise<ConfiguredRemote[]> {
  const found: ConfiguredRemote[] = [];
  for (const remote of remotes) {
    const urls = await askGit(place, ['remote', 'get-url', '--all', '--', remote.name]).catch(() => '');
    if (urls.split('\n').includes(url)) found.push(remote);
  }
  return found;
}
