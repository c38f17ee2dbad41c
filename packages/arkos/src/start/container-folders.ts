import { joinFolder } from './shell.ts';

/** What in a container comes from where in the repository. Container paths are absolute. */
export class ContainerFolders {
  readonly #links: { readonly inside: string; readonly outside: string }[] = [];

  static from(other: ContainerFolders): ContainerFolders {
    const copy = new ContainerFolders();
    copy.#links.push(...other.#links);
    return copy;
  }

  /**
   * Notes that `inside` holds what `outside` does. Folders above that are called the same on both sides are
   * taken for the same too: `/app/apps/api` from `apps/api` makes `/app` the root.
   */
  link(inside: string, outside: string): void {
    this.#links.push({ inside, outside });
    const tail = inside.slice(inside.lastIndexOf('/') + 1);
    const above = parentOf(inside);
    if (outside !== '.' && above !== null && outside.slice(outside.lastIndexOf('/') + 1) === tail) {
      this.link(above, parentOf(outside) ?? '.');
    }
  }

  /** Every place of the repository a container path may be, the most exact first. */
  outside(inside: string): readonly string[] {
    return this.#links
      .filter(
        (link) => inside === link.inside || inside.startsWith(link.inside === '/' ? '/' : `${link.inside}/`),
      )
      .toSorted((a, b) => b.inside.length - a.inside.length)
      .flatMap((link) => {
        const rest = inside.slice(link.inside.length).replace(/^\//, '');
        const path = rest === '' ? link.outside : joinFolder(link.outside, rest);
        return path === null ? [] : [path];
      });
  }
}

function parentOf(path: string): string | null {
  if (path === '/' || path === '.') return null;
  const at = path.lastIndexOf('/');
  return at > 0 ? path.slice(0, at) : at === 0 ? '/' : '.';
}
