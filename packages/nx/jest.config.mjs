import preset from '../../jest.preset.mjs';

/** The tests wait for the programs they start, so every core may have a worker; jest would keep one back. */
export default { ...preset, maxWorkers: '100%', testTimeout: 180_000 };
