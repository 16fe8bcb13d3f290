import { Facts, Hash, State, Time } from '../../components/marks.js';
import { PageHead, Sheet } from '../../components/sheet.js';
import { Answer, Empty, Notice } from '../../components/states.js';
import { stateWord } from '../../format/names.js';
import { TEXT } from '../../network/queries/texts.js';
import { PARTNERS } from '../../network/queries/events.js';
import { useRead } from '../../network/reads.js';
import type { TextDetail, TextProofAnswer, TextRecallAnswer } from '../../network/text-types.js';
import type { Partner } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';
import { CorrectLabels } from './correct-labels.js';
import { EntitiesSheet } from './entities-sheet.js';
import { LabelsSheet } from './labels-sheet.js';
import { maskWord } from './marked-parts.js';
import { MarkedText } from './marked-text.js';
import { recallLink } from './recall-link.js';
import { SimilarSheet } from './similar-sheet.js';

interface TextAnswer {
  text: TextDetail | null;
  textProof: TextProofAnswer | null;
  recallCriteria: TextRecallAnswer | null;
}

export function TextPage({ id }: { id: string }) {
  useTitle('Text');
  const read = useRead<TextAnswer>('texts', TEXT, { id });
  return (
    <Answer of={read} rows={14}>
      {({ text, textProof, recallCriteria }) =>
        text ? (
          <Found text={text} proof={textProof} recall={recallCriteria} />
        ) : (
          <>
            <PageHead title="No such text" />
            <Empty title="No text is kept under this number">
              <Link to="/texts">See all texts.</Link>
            </Empty>
          </>
        )
      }
    </Answer>
  );
}

function Found(props: { text: TextDetail; proof: TextProofAnswer | null; recall: TextRecallAnswer | null }) {
  const { text, proof, recall } = props;
  const ofField = (field: 'TITLE' | 'BODY') => text.entities.filter((entity) => entity.field === field);
  return (
    <>
      <PageHead
        title={
          text.title ? <MarkedText text={text.title} entities={ofField('TITLE')} /> : stateWord(text.kind)
        }
        lead={
          <>
            {stateWord(text.kind)}, written <Time iso={text.writtenAt} />
          </>
        }
      >
        {text.kind === 'RECALL' || recall?.input ? <RecallButton recall={recall} /> : null}
      </PageHead>
      <Sheet title="Words" aside={text.language === 'und' ? null : text.language}>
        <p className="chain-text">
          <MarkedText text={text.body} entities={ofField('BODY')} />
        </p>
        <Masked counts={text.masked} />
        {text.duplicateOf ? (
          <p className="quiet">
            Says nearly the same as an <Link to={`/texts/${text.duplicateOf}`}>earlier text</Link>.
          </p>
        ) : null}
      </Sheet>
      <div className="columns">
        <LabelsSheet labels={text.labels} />
        <Origin text={text} proof={proof} />
      </div>
      <CorrectLabels text={text} />
      <EntitiesSheet entities={text.entities} links={text.links} />
      <SimilarSheet similar={text.similar} />
    </>
  );
}

function RecallButton({ recall }: { recall: TextRecallAnswer | null }) {
  if (!recall?.input)
    return <span className="quiet">It names no lot or product that a recall could look for.</span>;
  return (
    <Link className="button" to={recallLink(recall.input)}>
      See what a recall would reach
    </Link>
  );
}

function Masked({ counts }: { counts: Record<string, number> }) {
  const kinds = Object.entries(counts).filter(([, found]) => found > 0);
  if (kinds.length === 0) return null;
  return (
    <p className="quiet">
      Masked before it was stored: {kinds.map(([kind, found]) => `${found} × ${maskWord(kind)}`).join(', ')}.
      What stood there is kept nowhere.
    </p>
  );
}

function Origin({ text, proof }: { text: TextDetail; proof: TextProofAnswer | null }) {
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  const sender = partners.data?.partners.find(
    ({ address }) => address.toLowerCase() === text.partner.toLowerCase(),
  );
  return (
    <Sheet title="Where it was said">
      <Facts
        rows={[
          ['Sender', sender?.name ?? <Hash key="sender" label="partner" value={text.partner} />],
          ['Reference', <Reference key="reference" of={text} />],
          ['Came in', <Time key="came" iso={text.recordTime} />],
          ['Hash of its words', <Hash key="text" label="text hash" value={text.textSha256} />],
          [
            'On chain',
            proof ? (
              <>
                <State value="ANCHORED" /> block {proof.blockNumber}, <Time iso={proof.blockTime} />
              </>
            ) : (
              <State key="pending" value="PENDING" />
            ),
          ],
          ...(proof
            ? ([
                ['Transaction', <Hash key="tx" label="transaction" value={proof.txHash} />],
                ['Root of its batch', <Hash key="root" label="root" value={proof.root} />],
                ['Steps to the root', String(proof.path.length)],
              ] as const)
            : []),
        ]}
      />
      {proof && !proof.intact ? (
        <Notice tone="bad">The words stored now do not have the hash that was anchored.</Notice>
      ) : null}
    </Sheet>
  );
}

function Reference({ of: { reference } }: { of: TextDetail }) {
  const event = /^event:([0-9a-f-]+)#/i.exec(reference)?.[1];
  if (event) return <Link to={`/events/${event}`}>an event</Link>;
  return reference === '' ? <span className="quiet">none</span> : <span>{reference}</span>;
}
