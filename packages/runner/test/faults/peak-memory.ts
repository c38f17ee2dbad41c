/** Variables under which a Node program tells its peak of resident memory when it ends. */
export function tellingPeakMemory(): NodeJS.ProcessEnv {
  const script = `process.on('exit', () =>
    process.stderr.write('\\npeak of ' + process.resourceUsage().maxRSS + ' KiB\\n'));`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

/** The highest peak that programs told in this output, in megabytes. */
export function peakMemoryOf(output: string): number {
  const peaks = [...output.matchAll(/^peak of (\d+) KiB$/gm)].map(([, kibibytes]) => Number(kibibytes));
  if (peaks.length === 0) throw new Error('no program told its peak of memory');
  return (Math.max(...peaks) * 1024) / 1_000_000;
}
