import { transformSync } from 'esbuild';

/** Strips the types; the type check itself is `npm run typecheck`. */
export default {
  process: (code, path) => ({
    code: transformSync(code, {
      loader: 'ts',
      format: 'esm',
      target: 'node20',
      sourcemap: 'inline',
      sourcefile: path,
    }).code,
  }),
};
