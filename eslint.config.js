import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

/**
 * Nest reads the classes of decorated signatures at run time. A class that reaches such a signature through
 * `import type` is erased, and validation or injection is off without a word. The compiler accepts it; this rule does not.
 * A constructor is given whatever class it names; other signatures matter for our own classes only (a request object of
 * Node that `@Req()` hands over is never looked at).
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
    const check = (annotated, injected) => {
      const type = annotated?.typeAnnotation?.typeAnnotation;
      if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return;
      const local = services.getSymbolAtLocation(type.typeName);
      const declaration = local?.declarations?.[0];
      if (!declaration || !ts.isTypeOnlyImportDeclaration(declaration)) return;
      const target = services.program.getTypeChecker().getAliasedSymbol(local);
      const own = target.declarations?.some((made) => !made.getSourceFile().isDeclarationFile) ?? false;
      if (target.flags & ts.SymbolFlags.Class && (injected || own))
        context.report({ node: type, messageId: 'erased', data: { name: type.typeName.name } });
    };
    const decorated = (node) => (node?.decorators?.length ?? 0) > 0;
    const bare = (param) => {
      const inner = param.type === 'TSParameterProperty' ? param.parameter : param;
      return inner.type === 'AssignmentPattern' ? inner.left : inner;
    };
    return {
      PropertyDefinition: (node) => decorated(node) && check(node, false),
      MethodDefinition(node) {
        const owner = node.parent.parent;
        const params = node.value.params;
        const injected = node.kind === 'constructor' && decorated(owner);
        if (injected || decorated(node) || params.some(decorated))
          params.forEach((param) => check(bare(param), injected));
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
      // The core's state is records keyed by opaque ids; a fold takes entries out of its own copy.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // The wire gives a command without details, and a result without fields, the empty object.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
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
    files: ['test/**/*.ts'],
    rules: {
      // expect(object.method) names a mock; it is not called without its object.
      '@typescript-eslint/unbound-method': 'off',
      // A test that indexes what is not there fails at that line, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'fetch',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'local/decorated-types-are-values': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },
);
