#!/usr/bin/env node
/** Starts the bundle with a clear word where it cannot run. Plain JavaScript that any Node can read. */
import { existsSync } from 'node:fs';
import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
const bundle = new URL('../dist/bundle/bulwark.js', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `needs Node 22.12 or newer (this is ${process.versions.node}).`,
    'Install a current Node.js and try again.',
  );
} else if (existsSync(bundle)) {
  // Node 22.1 and newer keep what they compiled; beside the code, so that whoever may alter one may alter the other.
  nodeModule.enableCompileCache?.(fileURLToPath(new URL('../dist/compile-cache', import.meta.url)));
  const { main } = await import(bundle.href);
  await main();
} else {
  refuse('is not built yet.', 'In its own repository, run: npm ci');
}

function refuse(what, cure) {
  process.stderr.write(`bulwark ${what}\n${cure}\n`);
  process.exitCode = 2;
}
