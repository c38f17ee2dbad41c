/** The Arkos lines that behave alike (FACTS, table of generations). */
export type Generation = '1.0' | '1.2' | '1.3' | '1.4' | '1.5' | '1.6' | '1.7' | '2.0-next';

/** Which Arkos an app runs, and how we know. */
export interface ArkosVersion {
  /** The exact version, `null` if only a range or nothing is known. */
  readonly version: string | null;
  /** The generations it may be, oldest first; empty if nothing is known. */
  readonly generations: readonly Generation[];
  /** The file that says so (`package-lock.json`, `apps/api/package.json`, `bulwark.json`), `null` if none does. */
  readonly from: string | null;
  /** `exact`: a lock file or pin names one version. `range`: a manifest's range. `none`: nothing usable. */
  readonly certainty: 'exact' | 'range' | 'none';
  /**
   * The versions it is judged as, oldest first: the exact one, or for a range one of every group of
   * versions that behave alike. Empty if it is none that is known.
   */
  readonly candidates?: readonly string[];
}

/** One Arkos app of the workspace. */
export interface App {
  /** The package's name, or the folder's if it has none. */
  readonly name: string;
  /** Folder from the snapshot's root, without a trailing slash; `.` for the root itself. */
  readonly root: string;
  /** Its own `package.json`, if it has one. */
  readonly manifest: string | null;
  /** The file that carries the configuration the installed version reads, if there is one. */
  readonly config: string | null;
  readonly arkos: ArkosVersion;
}

/** One way of running an app. */
export interface Mode {
  /** `development`, `production`, or a name from the settings. */
  readonly name: string;
  /** `dev` is `arkos dev`; `start` is `arkos build` and then `arkos start`. */
  readonly command: 'dev' | 'start';
}

/** Where a path lies in an app: `join('.', 'x')` is `x`. */
export function inApp(app: Pick<App, 'root'>, path: string): string {
  return app.root === '.' ? path : `${app.root}/${path}`;
}

/** Whether a path of the snapshot lies under an app's root. */
export function isInApp(app: Pick<App, 'root'>, path: string): boolean {
  return app.root === '.' || path.startsWith(`${app.root}/`);
}
