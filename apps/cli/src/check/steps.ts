/** How a step's tests are counted: one for a step that passes or fails as a whole, or by what its runner reports. */
export type Counting = 'whole' | 'jest' | 'hardhat';

/** One thing that is checked. */
export interface Step {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly counting: Counting;
}

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/** What `npm run check` checks, cheapest first. */
export const CHECK_STEPS: readonly Step[] = [
  { name: 'format', command: 'npx', args: ['oxfmt', '--check'], counting: 'whole' },
  { name: 'import rules', command: 'npm', args: ['run', '--silent', 'imports'], counting: 'whole' },
  { name: 'types', command: 'npm', args: ['run', '--silent', 'types'], counting: 'whole' },
  { name: 'lint', command: 'npm', args: ['run', '--silent', 'lint'], counting: 'whole' },
  { name: 'unused code', command: 'npm', args: ['run', '--silent', 'unused'], counting: 'whole' },
  { name: 'contracts', command: 'npx', args: ['hardhat', 'test', '--snapshot-check'], counting: 'hardhat' },
  {
    name: 'generated interfaces',
    command: 'node',
    args: ['dist/apps/cli/src/generate/abis.js', '--check'],
    counting: 'whole',
  },
  {
    name: 'generated schema',
    command: 'node',
    args: ['dist/apps/api/src/schema/generate.js', '--check'],
    counting: 'whole',
  },
  {
    name: 'schema for tests',
    command: 'node',
    args: ['dist/apps/cli/src/generate/schema-template.js'],
    counting: 'whole',
  },
  { name: 'unit', command: 'node', args: [...JEST, '--selectProjects', 'unit'], counting: 'jest' },
];

/** What `./tallyhouse test` runs after that: the journeys, one at a time: two together take as long. */
export const JOURNEY_STEPS: readonly Step[] = [
  {
    name: 'web build',
    command: 'npm',
    args: ['run', '--silent', 'build:web', '--', '--logLevel', 'warn'],
    counting: 'whole',
  },
  {
    name: 'journeys',
    command: 'node',
    args: [...JEST, '--selectProjects', 'e2e', '--runInBand'],
    counting: 'jest',
  },
];
