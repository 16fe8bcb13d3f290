import { createRequire } from 'node:module';
import { defineConfig } from 'hardhat/config';

/** The compiler comes from npm: nothing is fetched when contracts are compiled. */
const soljson = createRequire(import.meta.url).resolve('solc/soljson.js');

const SEED = '0x7a11';

export default defineConfig({
  solidity: {
    version: '0.8.37',
    path: soljson,
    settings: {
      evmVersion: 'cancun',
      optimizer: { enabled: true, runs: 200 },
      // Without a source hash in it, the bytecode changes only when the code does.
      metadata: { bytecodeHash: 'none' },
    },
    npmFilesToBuild: ['@openzeppelin/contracts/governance/TimelockController.sol'],
  },
  paths: {
    sources: 'contracts',
    tests: { solidity: 'test/contracts' },
    artifacts: 'artifacts',
    cache: 'cache',
  },
  test: {
    solidity: {
      profiles: {
        default: {
          fuzz: { runs: 64, seed: SEED },
          invariant: { runs: 24, depth: 32, failOnRevert: true },
        },
        // `npx hardhat test solidity --test-profile long`: more than 10^5 calls an invariant.
        long: {
          fuzz: { runs: 4_096, seed: SEED },
          invariant: { runs: 3_200, depth: 32, failOnRevert: true },
        },
      },
    },
  },
});
