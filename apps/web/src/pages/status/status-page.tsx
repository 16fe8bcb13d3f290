import { useQuery } from '@tanstack/react-query';
import { Below } from '../../components/below.js';
import { BEHIND_SECONDS, useIndexStatus } from '../../components/masthead.js';
import { Facts, Hash, Time } from '../../components/marks.js';
import { Ledger, PageHead, Sheet, columns } from '../../components/sheet.js';
import { Answer, Empty, Notice } from '../../components/states.js';
import { count, whole } from '../../format/numbers.js';
import { duration } from '../../format/times.js';
import { CONTRACT_NAMES, readNetwork } from '../../network/network-file.js';
import { PARTNERS } from '../../network/queries/events.js';
import { useRead } from '../../network/reads.js';
import type { IndexStatus, Partner } from '../../network/types.js';
import { Link, useTitle } from '../../router/router.js';

export function StatusPage() {
  useTitle('Index');
  const status = useIndexStatus();
  const network = useQuery({ queryKey: ['network'], queryFn: readNetwork, retry: false });
  const partners = useRead<{ partners: Partner[] }>('events', PARTNERS);
  return (
    <>
      <PageHead
        title="Index"
        lead="The block that the figures are read at, and the contracts they come from."
      >
        <Link to="/jobs">Jobs of the workers</Link>
      </PageHead>
      <div className="columns">
        <Sheet title="Where the index stands">
          <Answer of={status} rows={7}>
            {(answer) =>
              answer.indexStatus ? (
                <Position status={answer.indexStatus} />
              ) : (
                <Empty title="No block is indexed yet">The indexer may still be starting.</Empty>
              )
            }
          </Answer>
        </Sheet>
        <Sheet title="Contracts">
          <Answer of={network} rows={7}>
            {(file) => (
              <Facts
                wide
                rows={CONTRACT_NAMES.map((name) => [
                  name,
                  <Hash key={name} label={name} value={file.contracts[name]} />,
                ])}
              />
            )}
          </Answer>
        </Sheet>
      </div>
      <Below>
        <Sheet title="Partners" flush>
          <Answer of={partners}>{(answer) => <Partners rows={answer.partners} />}</Answer>
        </Sheet>
      </Below>
    </>
  );
}

function Position({ status }: { status: IndexStatus }) {
  return (
    <>
      {status.lagSeconds > BEHIND_SECONDS ? (
        <Notice tone="warn">
          <p>
            The index is {duration(status.lagSeconds)} behind the chain. Figures are true as of the block
            below.
          </p>
        </Notice>
      ) : null}
      <Facts
        rows={[
          ['Chain', status.chainId],
          ['Indexed block', whole(status.blockNumber)],
          ['Block hash', <Hash key="hash" label="block hash" value={status.blockHash} />],
          ['Block time', <Time key="time" iso={status.blockTime} />],
          ['Chain head', whole(status.headNumber)],
          [
            'Lag',
            `${count(status.lagBlocks)} ${status.lagBlocks === 1 ? 'block' : 'blocks'}, ${duration(status.lagSeconds)}`,
          ],
          ['Waiting for a batch', `${count(status.counts.pending)} events`],
        ]}
      />
    </>
  );
}

function Partners({ rows }: { rows: Partner[] }) {
  if (rows.length === 0) return <Empty title="No partner is registered yet" />;
  return (
    <Ledger label="Partners" head={columns('Name', '~GLN', 'Address')}>
      {rows.map((partner) => (
        <tr key={partner.address}>
          <th scope="row" className="grow">
            {partner.name}
            <span className="under narrow mono">{partner.gln}</span>
          </th>
          <td className="mono wide">{partner.gln}</td>
          <td>
            <Hash label="address" value={partner.address} />
          </td>
        </tr>
      ))}
    </Ledger>
  );
}
