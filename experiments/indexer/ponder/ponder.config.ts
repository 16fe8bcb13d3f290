import { readFileSync } from 'node:fs';
import { createConfig } from 'ponder';
import { parseAbi } from 'viem';

const { chainId, contracts } = JSON.parse(readFileSync(process.env.DEPLOYMENT ?? '', 'utf8'));

export default createConfig({
  database: { kind: 'postgres', connectionString: process.env.DATABASE_URL },
  chains: { local: { id: chainId, rpc: process.env.RPC_URL } },
  contracts: {
    TallyToken: {
      abi: parseAbi([
        'event Transfer(address indexed from, address indexed to, uint256 value)',
        'event DelegateVotesChanged(address indexed delegate, uint256 previousVotes, uint256 newVotes)',
      ]),
      chain: 'local',
      address: contracts.TallyToken.address,
      startBlock: contracts.TallyToken.block,
    },
    TraceAnchor: {
      abi: parseAbi([
        'event Anchored(address indexed partner, bytes32 indexed root, uint64 indexed seq, uint32 count, bytes32 prevHead, bytes32 head, bytes32 schemaId, address submitter, string uri)',
      ]),
      chain: 'local',
      address: contracts.TraceAnchor.address,
      startBlock: contracts.TraceAnchor.block,
    },
  },
});
