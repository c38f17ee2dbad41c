/** Times of several ways of doing a thing, taken in turns so that a busy machine is busy for all of them. */

/**
 * @param {Record<string, { prepare?: () => void, run: () => void, rounds?: number }>} ways `run` is what is measured
 * @param {number} rounds how often each is done that says nothing else; a first round is not counted
 * @returns {Record<string, number>} the median of each, in milliseconds
 */
export function measureInTurns(ways, rounds) {
  return mediansOf(timeInTurns(ways, rounds));
}

/** As above, with the times of every round: what one way takes more than another is best told round by round. */
export function timeInTurns(ways, rounds) {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, { prepare, run, rounds: most = rounds }] of Object.entries(ways)) {
      if (round >= most) continue;
      prepare?.();
      const start = process.hrtime.bigint();
      run();
      const took = Number(process.hrtime.bigint() - start) / 1e6;
      if (round >= 0) times[name].push(took);
    }
  }
  return times;
}

export function mediansOf(times) {
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

/** @returns the median of what the first took more than the second, in milliseconds */
export function addedInTurns(times, name, floor) {
  return median(times[name].map((time, round) => time - times[floor][round]));
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A line for each way: its time, and how many times the floor that is. */
export function tell(times, floors) {
  const width = Math.max(...Object.keys(times).map((name) => name.length));
  for (const [name, time] of Object.entries(times)) {
    const ratios = floors
      .filter((floor) => floor !== name)
      .map((floor) => `${(time / times[floor]).toFixed(2)} × ${floor}`);
    console.log(`  ${name.padEnd(width)}  ${time.toFixed(0).padStart(6)} ms   ${ratios.join('   ')}`);
  }
}
