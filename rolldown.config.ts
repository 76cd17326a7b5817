import { isAbsolute } from 'node:path';
import { defineConfig } from 'rolldown';

/**
 * What is shipped: the modules in few files, for opening two hundred takes a seventh of a small run. Dependencies stay what
 * they are, with their versions and licences. Nothing is minified: a stack trace names the functions of the source.
 */
export default defineConfig({
  // One folder deep, as in `build`: modules look for package.json and for the scan worker from where they are.
  input: { bin: 'build/bin.js', 'parts/scan-worker': 'build/layer/scan-worker.js' },
  output: { dir: 'dist', chunkFileNames: 'parts/[name]-[hash].js' },
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
});
