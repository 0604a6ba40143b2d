/**
 * Who may import whom. Each part of src/ has one list of parts it may see; everything else is refused.
 * The composition root (main, boot, app.module, commands, ormconfig) is the only place that sees every part.
 */
const ROOT = [
  '^src/main\\.ts$',
  '^src/app\\.module\\.ts$',
  '^src/boot\\.ts$',
  '^src/commands/',
  '^ormconfig\\.ts$',
];

/** Modules inside the project; npm packages and Node's own modules are handled by their own rules. */
const LOCAL = '^(src|client|test|ormconfig\\.ts)';

/** @param {string} part @param {string[]} sees @param {string} comment */
const layer = (part, sees, comment) => ({
  name: `${part}-sees-only-its-layers`,
  comment,
  severity: 'error',
  from: { path: `^src/${part}/` },
  to: { path: LOCAL, pathNot: `^src/(${[part, ...sees].join('|')})/` },
});

/** @param {string} name @param {string} from @param {string[]} packages @param {string} comment */
const noPackage = (name, from, packages, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: packages.map((p) => `(^|/)node_modules/${p}/`) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    layer('protocol', [], 'The wire types are shared with every client, so they stand alone.'),
    layer(
      'lobby',
      ['protocol'],
      'The core decides from state and commands; it must not know who stores or shows it.',
    ),
    layer(
      'views',
      ['protocol', 'lobby'],
      'A view is made of state and a forecast, and takes the forecast as a plain type of protocol.',
    ),
    layer(
      'forecast',
      ['protocol', 'lobby', 'model'],
      'Estimates read the state and expect the published day; they depend on no view and no transport.',
    ),
    layer(
      'runtime',
      ['protocol', 'lobby', 'views', 'forecast'],
      'The runner drives the core through ports (clock, log, keys); the parts behind those ports import it, not the reverse.',
    ),
    layer(
      'store',
      ['protocol', 'lobby', 'views', 'forecast', 'runtime', 'records'],
      'The store implements the log port and writes finished visits as records in the same transaction; it knows no transport.',
    ),
    layer('identity', ['protocol'], 'Who is asking is decided apart from what is asked.'),
    layer(
      'doors',
      ['protocol', 'runtime', 'identity'],
      'DTOs and command hand-over are shared by both transports, so they know neither of them nor the storage.',
    ),
    layer(
      'gateway',
      ['protocol', 'runtime', 'doors', 'identity'],
      'The socket transport reaches the core through the doors and never sees the store or the REST side.',
    ),
    layer(
      'http',
      ['protocol', 'runtime', 'doors', 'identity', 'records', 'printing'],
      'The REST transport reaches the core through the doors; records and printing are its own features. It never sees the store or the gateway.',
    ),
    layer(
      'printing',
      ['protocol'],
      'A receipt is made of wire types alone and sent to a printer; what is printed, for whom, is decided by the door that asks.',
    ),
    layer(
      'records',
      ['protocol'],
      'What outlives the day is plain features that store and http use; it uses neither.',
    ),
    layer(
      'model',
      ['protocol'],
      'The published day and chance from a seed: what the demo plays, benchmarks draw and a new branch expects. It knows no lobby.',
    ),
    layer(
      'simulator',
      ['protocol', 'lobby', 'views', 'forecast', 'model'],
      'A simulated day runs the live core under a virtual clock, and looks at what its public would see, without storage or transport.',
    ),
    layer(
      'history',
      ['protocol', 'lobby', 'simulator', 'forecast', 'model', 'runtime'],
      "A day that has been is folded by the core and played anew by the simulator's means. It reads the log, and keeps what it learnt, through the runtime's ports and never writes to the log; http asks it through a port of its own, so that no transport sees a log.",
    ),
    layer(
      'demo',
      ['protocol', 'model'],
      'Players of the demo day use the public doors of a running server like any other client, so the demo proves them.',
    ),
    {
      name: 'only-known-parts',
      comment: 'A new folder under src/ must be given its place in these rules before it is used.',
      severity: 'error',
      from: {},
      to: {
        path: '^src/',
        pathNot: [
          ...ROOT,
          '^src/(protocol|lobby|views|forecast|runtime|store|identity|doors|gateway|http|records|printing|simulator|history|model|demo)/',
        ],
      },
    },
    {
      name: 'nobody-imports-the-root',
      comment: 'The composition root is where parts meet; a part that imports it would see everything.',
      severity: 'error',
      from: { path: '^(src|client)/', pathNot: ROOT },
      to: { path: ROOT },
    },
    {
      name: 'client-sees-only-protocol',
      comment:
        'A page knows the wire types and nothing of the server; otherwise server code could end in a bundle.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: LOCAL, pathNot: '^(client|src/protocol)/' },
    },
    {
      name: 'nobody-imports-the-client',
      comment: 'The server serves the built pages as files.',
      severity: 'error',
      from: { path: '^(src/|ormconfig)' },
      to: { path: '^client/' },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'Test helpers are not shipped.',
      severity: 'error',
      from: { path: '^(src|client)/' },
      to: { path: '^test/' },
    },
    {
      name: 'pure-core-has-no-packages',
      comment:
        'protocol, lobby, views and forecast must run anywhere with the same result: no npm package, no Node module.',
      severity: 'error',
      from: { path: '^src/(protocol|lobby|views|forecast)/' },
      to: { dependencyTypesNot: ['local', 'localmodule'], pathNot: LOCAL },
    },
    noPackage(
      'runtime-is-plain',
      '^src/(runtime|simulator|history)/',
      ['@nestjs', 'typeorm', 'socket\\.io', 'express'],
      'The runner, the simulator and what looks back are plain TypeScript, so that tests and benchmarks start them without a framework.',
    ),
    {
      name: 'typeorm-stays-in-storage',
      comment: 'Only storage parts know the ORM; replacing it must not touch a transport or the core.',
      severity: 'error',
      from: { path: '^(src|client)/', pathNot: [...ROOT, '^src/(store|records|identity|migrations)/'] },
      to: { path: '(^|/)node_modules/(typeorm|@nestjs/typeorm|sqlite3|pg)/' },
    },
    {
      name: 'socket-io-stays-in-gateway',
      comment: 'One part speaks socket.io on the server; everything else hands it values.',
      severity: 'error',
      from: { path: '^(src|client)/', pathNot: [...ROOT, '^src/gateway/'] },
      to: { path: '(^|/)node_modules/(socket\\.io|@nestjs/(websockets|platform-socket\\.io))/' },
    },
    {
      name: 'socket-io-client-stays-with-clients',
      comment: 'Only pages, the players of the demo day and tests connect to a server.',
      severity: 'error',
      from: { path: '^src/', pathNot: [...ROOT, '^src/demo/'] },
      to: { path: '(^|/)node_modules/socket\\.io-client/' },
    },
    {
      name: 'server-needs-no-dev-package',
      comment: 'A production install leaves devDependencies out: what src/ imports belongs in dependencies.',
      severity: 'error',
      from: { path: '^(src/|ormconfig)' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)node_modules/@types/',
      },
    },
    {
      name: 'declared-packages-only',
      comment: 'A package that came along with another one can vanish with it: declare what you import.',
      severity: 'error',
      from: { path: '^(src|client|test)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'resolvable',
      comment:
        'An import that leads nowhere. Icons (~icons/…) are made by the client build, dist/ by the server build, which need not have run.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^~icons/', '^virtual:', '(^|/)dist/'] },
    },
    {
      name: 'no-circular',
      comment: 'Modules that need each other are one module or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that imports nothing and is imported by nobody is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.spec\\.ts$', ...ROOT] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.vue', '.json'],
    },
  },
};
