import eslintPlugin from 'eslint-plugin-eslint-plugin'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig([
  globalIgnores(['dist', 'coverage', 'docs/examples', 'tests/fixtures', 'tests/**/fixtures']),
  // Scenarios show mistakes on purpose.
  globalIgnores(['tests/scenarios/**', '!tests/scenarios/*.test.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    // The type packages of typescript-eslint are for development; published code names none.
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@typescript-eslint/utils',
              message: 'Import types only.',
              allowTypeImports: true,
            },
          ],
          patterns: [
            {
              group: ['@typescript-eslint/parser', '@typescript-eslint/rule-tester', 'typescript'],
              message: 'Not there in a project without TypeScript.',
            },
          ],
        },
      ],
    },
  },
  { files: ['rules/*.ts'], extends: [eslintPlugin.configs.recommended] },
])
