/**
 * The files in which a repository may say how an app is built and started. Any of them may start any app: a compose
 * file its neighbour's image, a script of one package another, so every app's answer rests on all of them.
 */
export const START_FILES: readonly string[] = [
  '**/package.json',
  '**/project.json',
  '**/{Dockerfile,Containerfile}',
  '**/{Dockerfile,Containerfile}.*',
  '**/*.{D,d}ockerfile',
  '**/*.dockerignore',
  '**/.dockerignore',
  '**/Procfile',
  '**/Procfile.*',
  '**/{ecosystem,pm2}.{js,cjs,mjs,ts,json}',
  '**/{ecosystem,pm2}.*.{js,cjs,mjs,ts,json}',
  '**/process.json',
  '**/*.service',
  '**/{fly,fly.*,railway,nixpacks}.toml',
  '**/railway.json',
  '**/*.{yaml,yml}',
  '**/*.sh',
  '**/{entrypoint,docker-entrypoint,start}',
  '**/.env*',
  '**/.gitignore',
];

/** Of what the globs above match, files that are large, change often, and say nothing of starting. */
export const NO_START_FILES: readonly string[] = ['**/pnpm-lock.yaml'];
