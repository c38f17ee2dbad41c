'use strict';
const { readFileSync, writeFileSync } = require('node:fs');

process.once('exit', () => writeFileSync(process.env.BENCH_PEAK, String(peak())));

/** Kilobytes. What a process says of its use on Linux may be that of whoever started it, so the kernel is asked. */
function peak() {
  try {
    return /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))[1];
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
