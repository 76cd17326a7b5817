#!/usr/bin/env node
import { run } from './run.ts';

// What React asks when it is loaded: its development build is several times slower.
process.env['NODE_ENV'] ??= 'production';
process.exitCode = await run(process);
