/** Every endpoint Arkos generates, by kind of module (FACTS §4.1). */
import type { HttpMethod } from '@bulwark/model';

export type ModuleKind = 'model' | 'auth' | 'file-upload';

/** Authorisation actions of the generated model routes. */
export type Action = 'View' | 'Create' | 'Update' | 'Delete';

export interface Endpoint {
  readonly name: string;
  readonly method: HttpMethod;
  /** From the module's own base path; auth endpoints from the global prefix. */
  readonly path: string;
  readonly bulk: boolean;
  /** What has to be allowed to call it; `null` where Arkos knows no action (auth, file upload ≤1.7). */
  readonly action: Action | null;
}

function endpoint(name: string, method: HttpMethod, path: string, action: Action | null = null): Endpoint {
  return { name, method, path, bulk: path === '/many', action };
}

export const ENDPOINTS: Readonly<Record<ModuleKind, readonly Endpoint[]>> = {
  model: [
    endpoint('createOne', 'POST', '', 'Create'),
    endpoint('findMany', 'GET', '', 'View'),
    endpoint('createMany', 'POST', '/many', 'Create'),
    endpoint('updateMany', 'PATCH', '/many', 'Update'),
    endpoint('deleteMany', 'DELETE', '/many', 'Delete'),
    endpoint('findOne', 'GET', '/:id', 'View'),
    endpoint('updateOne', 'PATCH', '/:id', 'Update'),
    endpoint('deleteOne', 'DELETE', '/:id', 'Delete'),
  ],
  auth: [
    endpoint('login', 'POST', '/auth/login'),
    endpoint('signup', 'POST', '/auth/signup'),
    endpoint('logout', 'DELETE', '/auth/logout'),
    endpoint('updatePassword', 'POST', '/auth/update-password'),
    endpoint('getMe', 'GET', '/users/me'),
    endpoint('updateMe', 'PATCH', '/users/me'),
    endpoint('deleteMe', 'DELETE', '/users/me'),
    endpoint('findManyAuthAction', 'GET', '/auth-actions'),
    endpoint('findOneAuthAction', 'GET', '/auth-actions/:resourceName'),
  ],
  'file-upload': [
    endpoint('findFile', 'GET', '/*'),
    endpoint('uploadFile', 'POST', '/:fileType'),
    endpoint('updateFile', 'PATCH', '/:fileType/:fileName'),
    endpoint('deleteFile', 'DELETE', '/:fileType/:fileName'),
  ],
};

/** The auth endpoint that no list of endpoints to switch off names (FACTS §4.3, §9 trap 14). */
export const FORGOTTEN = 'findOneAuthAction';

/** Auth endpoints that `ArkosRouteHook("auth")` has no method for in 2.0-next (FACTS §4.6). */
export const UNHOOKABLE: ReadonlySet<string> = new Set(['deleteMe', 'findManyAuthAction', FORGOTTEN]);
