/** Compiles one TypeScript file to ESM; decorator metadata is what Nest and class-validator read. */
const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** @param {string} name the folder under test/ */
const project = (name) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: [`<rootDir>/test/${name}/**/*.spec.ts`],
  extensionsToTreatAsEsm: ['.ts'],
  // Sources name the emitted file (`./x.js`), tests run the source itself.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
});

/** @type {import('jest').Config} */
export default {
  maxWorkers: 2,
  // Jest takes this one for all projects at once: long enough for a page to load on a busy machine.
  testTimeout: 30_000,
  projects: ['unit', 'contract', 'e2e', 'faults', 'pages', 'browser', 'pictures'].map(project),
};
