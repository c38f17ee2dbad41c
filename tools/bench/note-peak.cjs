'use strict';
process.once('exit', () => {
  require('node:fs').writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS));
});
