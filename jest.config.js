module.exports = {
  roots: ['<rootDir>/tests/frontend'],
  testEnvironment: 'jsdom',
  testMatch: ['**/*.spec.ts'],
  testTimeout: 20000,
  // JupyterLab's packages are ES modules, which jest cannot load as they are.
  transformIgnorePatterns: [
    '/node_modules/(?!(@jupyter|@jupyterlab|@lumino|@codemirror|@marijn|lib0|yjs|y-protocols|vscode-ws-jsonrpc)/)'
  ],
  setupFiles: ['<rootDir>/tests/frontend/setup.js']
};
