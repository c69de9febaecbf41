import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/** Who may import whom, from docs/architecture.md: `files` may not import what matches `patterns`. */
const room = (files, patterns, reason) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: patterns.map(group => ({ regex: group, message: reason })) }
    ]
  }
});

const NOTEBOOK_PACKAGES = '^@jupyterlab/(notebook|cells|outputarea)$';
const EDITOR_PACKAGES = '^@(jupyterlab/code(mirror|editor)|codemirror/.*)$';

export default tseslint.config(
  { ignores: ['lib/', 'node_modules/', 'open_interpreter_lab/labextension/', '**/.venv*/', 'dist/', 'build/', 'out/'] },
  js.configs.recommended,
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked, jsdoc.configs['flat/recommended-typescript-error']],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z]', match: true } }
      ],
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Lumino's signals bind `this` themselves.
      '@typescript-eslint/unbound-method': 'off',
      curly: 'error',
      eqeqeq: 'error',
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: true,
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: true },
          contexts: ['TSInterfaceDeclaration', 'TSTypeAliasDeclaration']
        }
      ],
      'jsdoc/require-param': 'off',
      'jsdoc/require-returns': 'off',
      'jsdoc/tag-lines': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'max-lines-per-function': ['error', 60],
      'no-console': ['error', { allow: ['warn', 'error'] }]
    }
  },
  room(['src/wire.ts'], ['^\\.', '^@'], 'wire imports nothing'),
  room(['src/tokens.ts'], ['^\\.(?!/wire$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES], 'tokens know wire alone'),
  room(['src/words/**'], ['^\\.\\./(?!wire$)', '^@'], 'words know wire alone'),
  room(
    ['src/contracts.ts'],
    ['^\\.(?!/(wire|words)$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES],
    'contracts know wire and words alone'
  ),
  room(
    ['src/notebook/**'],
    ['^\\.\\./(?!(tokens|wire|words|contracts)$)', EDITOR_PACKAGES],
    'the notebook room sees tokens, contracts and the words alone'
  ),
  room(
    ['src/client/**', 'src/session/**'],
    ['^\\.\\./(?!(wire|words|contracts)$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES, '^react'],
    'client and session see contracts and the words alone, and no screen'
  ),
  room(['src/diff/**'], ['^\\.\\./', NOTEBOOK_PACKAGES, EDITOR_PACKAGES], 'the diff room knows texts alone'),
  room(
    ['src/panel/**', 'src/dialog/**', 'src/inline/**'],
    ['^\\.\\./(?!(wire|words|contracts|told|diff(/.*)?)$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES],
    'what shows sees contracts, the words, what the server tells and diffs alone'
  ),
  room(
    ['src/panel/tasks/**', 'src/panel/controls/**'],
    ['^\\.\\./(?!(services|\\.\\./(wire|words|contracts|told|diff(/.*)?))$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES],
    "a part of the panel sees contracts, the words, diffs and the panel's services alone"
  ),
  room(
    ['src/panel/compose/**'],
    ['^\\.\\./(?!(services|controls/.*|\\.\\./(wire|words|contracts|told))$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES],
    'the composer sees contracts, the words, the services and the controls alone'
  ),
  room(
    ['src/panel/header/**'],
    ['^\\.\\./(?!(services|(controls|compose)/.*|\\.\\./(wire|words|contracts))$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES],
    'the header sees contracts, the words, the services, the controls and the composer alone'
  ),
  room(
    ['src/question/**'],
    ['^\\.\\./(?!(tokens|wire)$)', NOTEBOOK_PACKAGES, EDITOR_PACKAGES],
    'the question room sees tokens and wire alone'
  ),
  room(['src/editor/**'], ['^\\.\\./(?!wire$)', NOTEBOOK_PACKAGES], 'the editor room sees wire alone'),
  room(
    ['src/plugins/**', 'src/index.ts'],
    [NOTEBOOK_PACKAGES],
    'only the notebook room imports the notebook and its cells'
  ),
  {
    files: ['tests/frontend/**/*.ts', 'tests/frontend/**/*.tsx'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['*.js', 'tests/frontend/*.js'],
    languageOptions: {
      globals: { module: 'writable', require: 'readonly', globalThis: 'readonly' },
      sourceType: 'commonjs'
    }
  },
  prettier
);
