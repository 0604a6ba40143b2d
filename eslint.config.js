import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

/**
 * Nest reads the classes of decorated signatures at run time. A class that reaches such a signature through
 * `import type` is erased, and validation or injection is off without a word. The compiler accepts it; this rule does not.
 * @type {import('eslint').Rule.RuleModule}
 */
const decoratedTypesAreValues = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      erased:
        "'{{name}}' is a class that a decorator needs at run time: import it as a value, not as a type.",
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const check = (annotated) => {
      const type = annotated?.typeAnnotation?.typeAnnotation;
      if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return;
      const local = services.getSymbolAtLocation(type.typeName);
      const declaration = local?.declarations?.[0];
      if (!declaration || !ts.isTypeOnlyImportDeclaration(declaration)) return;
      const target = services.program.getTypeChecker().getAliasedSymbol(local);
      if (target.flags & ts.SymbolFlags.Class)
        context.report({ node: type, messageId: 'erased', data: { name: type.typeName.name } });
    };
    const decorated = (node) => (node?.decorators?.length ?? 0) > 0;
    const bare = (param) => {
      const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
      return inner.type === 'AssignmentPattern' ? inner.left : inner;
    };
    return {
      PropertyDefinition: (node) => decorated(node) && check(node),
      MethodDefinition(node) {
        const owner = node.parent.parent;
        const params = node.value.params;
        const emitted =
          decorated(node) || params.some(decorated) || (node.kind === 'constructor' && decorated(owner));
        if (emitted) params.forEach((param) => check(bare(param)));
      },
    };
  },
};

const outsideTheCore = 'Time, chance and the environment enter the core as data.';
const impure = [
  'Date',
  'performance',
  'process',
  'crypto',
  'fetch',
  'console',
  'globalThis',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
];

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'data', '**/*.vue']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { local: { rules: { 'decorated-types-are-values': decoratedTypesAreValues } } },
    rules: {
      // Files with decorators are left alone by this rule because the metadata needs real imports.
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'local/decorated-types-are-values': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/{protocol,lobby,views,forecast}/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impure.map((name) => ({ name, message: outsideTheCore }))],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: outsideTheCore }],
    },
  },
  {
    files: ['test/**/*.spec.ts'],
    rules: {
      // expect(object.method) names a mock; it is not called without its object.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'local/decorated-types-are-values': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
);
