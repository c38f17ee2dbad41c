#!/usr/bin/env node
/** Starts the bundle with a clear word where it cannot run. Plain JavaScript that any Node can read. */
'use strict';
const { existsSync } = require('fs');
const { join } = require('path');

const [major, minor] = process.versions.node.split('.').map(Number);
const dist = join(__dirname, '../dist');

if (major < 20 || (major === 20 && minor < 19)) {
  refuse(
    'needs Node 22.12 or newer (this is ' + process.versions.node + ').',
    'Install a current Node.js and try again.',
  );
} else if (existsSync(join(dist, 'bundle/bulwark.cjs'))) {
  void require('./load-bundle.cjs').start(dist, process.argv.slice(2));
} else {
  refuse('is not built yet.', 'In its own repository, run: npm ci');
}

function refuse(what, cure) {
  process.stderr.write('bulwark ' + what + '\n' + cure + '\n');
  process.exitCode = 2;
}
