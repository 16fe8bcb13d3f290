import type { Hex } from '../src/index.js';

/** First block of an anvil 1.7.1 with one transfer in it, as the node answered, less the fields not used here. */
export const anvilTransaction = {
  type: '0x2',
  chainId: '0x7a69',
  nonce: '0x0',
  gas: '0x5208',
  maxFeePerGas: '0x77359400',
  maxPriorityFeePerGas: '0x3b9aca00',
  to: '0x70997970c51812dc3a010c7d01b50e0d17dc79c8',
  value: '0x1',
  accessList: [],
  input: '0x',
  r: '0x7ca003a6a2adcce9641e808dcecdedf7c37ca5f48c326a17e25406471de8d1ee',
  s: '0x53a15f6568f6cf8ccf47cb2f77585c4b71ba3a579bfcc82de7a528889b92a705',
  yParity: '0x0',
  v: '0x0',
  hash: '0xa23b52004fe574000765fbe20a311b2785a318c9dbe6b0bf6a4c1f8936f57ff3',
};

export const anvilReceipt = {
  type: '0x2',
  status: '0x1',
  cumulativeGasUsed: '0x5208',
  logs: [],
  logsBloom: `0x${'00'.repeat(256)}`,
};

export const anvilBlock = {
  hash: '0x7cdb9561189c6a3d1b9cc496bc42ff0d1838491081536e9e1190218fb528d9dc' as Hex,
  parentHash: '0x4759cd08d251cb5ca02fbeb2d20d85884d4f0c87ef30da1698c0953905ef20ad',
  sha3Uncles: '0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347',
  miner: '0x0000000000000000000000000000000000000000',
  stateRoot: '0xacf959d68f9599278f7ed22911ab811d540ea9eb21ad02bb83bbd7c898f8dbf0',
  transactionsRoot: '0x6dd9a37bc24f352bcab791cc4ff2ed174a0ab4ea0d24910a1c27eb24435f9d4f',
  receiptsRoot: '0xf78dfb743fbd92ade140711c8bbc542b5e307f0ab7984eff35d751969fe57efa',
  logsBloom: `0x${'00'.repeat(256)}`,
  difficulty: '0x0',
  number: '0x1',
  gasLimit: '0x1c9c380',
  gasUsed: '0x5208',
  timestamp: '0x6b047878',
  extraData: '0x',
  mixHash: '0x5180c27c1ca598c23dd1b3d4fe6fdd978f8b7c5148396258feac6691640494c1',
  nonce: '0x0000000000000000',
  baseFeePerGas: '0x3b9aca00',
  withdrawalsRoot: '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421',
  blobGasUsed: '0x0',
  excessBlobGas: '0x0',
  parentBeaconBlockRoot: '0x0000000000000000000000000000000000000000000000000000000000000000',
  requestsHash: '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};
