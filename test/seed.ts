import * as fc from 'fast-check';

/**
 * What a law says of random cases is news to whoever changes the code, not to whoever waits for the gate: that one sets a
 * seed, everybody else draws new cases at each run.
 */
const seed = process.env['LAYERSCOPE_SEED'];

if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) });
