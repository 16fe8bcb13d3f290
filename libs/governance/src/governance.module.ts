import { Module } from '@nestjs/common';
import { ProposalCalendar } from './calendar/proposal-calendar.service.js';
import { AccountReader } from './read/account-reader.js';
import { DelegateReader } from './read/delegate-reader.js';
import { LifecycleReader } from './read/lifecycle-reader.js';
import { ProposalReader } from './read/proposal-reader.js';
import { VoteReader } from './read/vote-reader.js';
import { VotingReader } from './read/voting-reader.js';

const READERS = [
  ProposalCalendar,
  AccountReader,
  DelegateReader,
  LifecycleReader,
  ProposalReader,
  VoteReader,
  VotingReader,
];

/** Reading of proposals and votes; wants a `DataSource`, as `DatabaseModule` gives it. */
@Module({ providers: READERS, exports: READERS })
export class GovernanceModule {}
