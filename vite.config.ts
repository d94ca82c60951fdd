import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * What every bundle here has in common: our own packages are taken from their TypeScript sources, and class fields are
 * compiled as the root tsconfig says. The settings of the library, the demo, the tests and Storybook are added there.
 */
export default defineConfig({
  // Named, because the nearest tsconfig of a test or a story would be found by luck, and without one a class field
  // would hide Lit's accessor of the same name.
  tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
  resolve: { conditions: ['countersign-source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2022' },
});
