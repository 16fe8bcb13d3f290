import { Module } from '@nestjs/common';
import { ProposalReader } from './read/proposal-reader.js';
import { VotingReader } from './read/voting-reader.js';

/** Reading of proposals and votes; wants a `DataSource`, as `DatabaseModule` gives it. */
@Module({ providers: [ProposalReader, VotingReader], exports: [ProposalReader, VotingReader] })
export class GovernanceModule {}
