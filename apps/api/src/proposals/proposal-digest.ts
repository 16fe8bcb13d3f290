import { Inject, Injectable } from '@nestjs/common';
import { ProposalReader, VoteReader, type Proposal, type Vote } from '@tallyhouse/governance';
import {
  NlpError,
  reasonStance,
  SENTENCE_ENCODER,
  similarDocuments,
  summarise,
  type SentenceEncoder,
} from '@tallyhouse/nlp';
import type {
  ProposalDigestModel,
  ReasonStanceModel,
  SimilarProposalModel,
} from './proposal-digest.model.js';

const VOTES_READ = 200;
const PROPOSALS_COMPARED = 100;
const SIMILAR_SHOWN = 5;

/** Makes the digest of a proposal. Every text of it is data: it is quoted and compared, never followed. */
@Injectable()
export class ProposalDigest {
  public constructor(
    private readonly proposals: ProposalReader,
    private readonly voteReader: VoteReader,
    @Inject(SENTENCE_ENCODER) private readonly encoder: SentenceEncoder,
  ) {}

  public async of(proposal: Proposal): Promise<ProposalDigestModel> {
    const [similar, votes] = await Promise.all([
      this.similar(proposal),
      this.voteReader.ofProposal(proposal.id, { first: VOTES_READ }),
    ]);
    return {
      summary: summarise(proposal.description),
      similar,
      reasons: votes.rows.filter(({ reason }) => reason.trim() !== '').map(stanceOf),
    };
  }

  /** None when no encoder is there. */
  private async similar(proposal: Proposal): Promise<SimilarProposalModel[]> {
    const { rows } = await this.proposals.list({ first: PROPOSALS_COMPARED });
    const earlier = new Map(
      rows.filter(({ createdTime }) => createdTime < proposal.createdTime).map((each) => [each.id, each]),
    );
    try {
      const documents = [...earlier.values()].map(({ id, description }) => ({ id, text: description }));
      const found =
        documents.length === 0
          ? []
          : await similarDocuments(this.encoder, proposal.description, documents, SIMILAR_SHOWN);
      return found.map(({ id, similarity }) => ({
        id,
        similarity,
        title: earlier.get(id)!.title,
        state: earlier.get(id)!.state,
      }));
    } catch (error) {
      if (error instanceof NlpError) return [];
      throw error;
    }
  }
}

function stanceOf({ voter, support, reason }: Vote): ReasonStanceModel {
  const { stance, words } = reasonStance(reason);
  const contradictsVote =
    (support === 'FOR' && stance === 'OPPOSES') || (support === 'AGAINST' && stance === 'SUPPORTS');
  return { voter, support, reason, stance, words, contradictsVote };
}
