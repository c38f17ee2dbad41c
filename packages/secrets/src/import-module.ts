/** A module by its URL. Alone in its file, because what the bundle is compiled to cannot import by itself. */
export function importModule(url: string): Promise<unknown> {
  return import(url);
}
