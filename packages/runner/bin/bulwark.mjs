#!/usr/bin/env node
/** Starts the bundle with a clear word where it cannot run. Plain JavaScript that any Node can read. */
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
const bundle = new URL('../dist/bundle/bulwark.js', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    `needs Node 22.12 or newer (this is ${process.versions.node}).`,
    'Install a current Node.js and try again.',
  );
} else if (existsSync(bundle)) {
  const { main } = await import(bundle.href);
  await main();
} else {
  refuse('is not built yet.', 'In its own repository, run: npm ci');
}

function refuse(what, cure) {
  process.stderr.write(`bulwark ${what}\n${cure}\n`);
  process.exitCode = 2;
}
