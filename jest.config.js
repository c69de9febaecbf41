module.exports = {
  roots: ['<rootDir>/tests/frontend'],
  testEnvironment: 'jsdom',
  testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
  testTimeout: 20000,
  // JupyterLab's packages are ES modules, which jest cannot load as they are.
  transformIgnorePatterns: [
    '/node_modules/(?!(@jupyter|@microsoft|@rjsf|exenv-es6|nanoid|@jupyterlab|@lumino|@codemirror|@marijn|lib0|yjs|y-protocols|vscode-ws-jsonrpc)/)'
  ],
  // Pictures and styles are for a browser.
  moduleNameMapper: { '\\.(svg|css)$': '<rootDir>/tests/frontend/picture.js' },
  setupFiles: ['<rootDir>/tests/frontend/setup.js']
};
