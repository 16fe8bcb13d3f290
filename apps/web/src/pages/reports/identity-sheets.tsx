import { Facts, Hash, State, Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Empty } from '../../components/states.js';
import { identifierPath, stateWord } from '../../format/names.js';
import type { ItemReport } from '../../network/report-types.js';
import { Link } from '../../router/router.js';

const KINDS: Record<ItemReport['identity']['kind'], string> = {
  SERIAL: 'A single item with its own number',
  LOT: 'A lot',
  UNIT: 'A logistic unit',
  OTHER: 'Something of another kind',
};

export function IdentitySheet({ report: { identity, uri } }: { report: ItemReport }) {
  const master = Object.entries(identity.masterData).map(
    ([name, value]) =>
      [name.replace(/^cbvmda:/, ''), typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
  return (
    <Sheet title="What it is">
      <Facts
        rows={[
          ['Kind', KINDS[identity.kind]],
          [
            'Identifier',
            <span key="uri" className="mono break">
              {uri}
            </span>,
          ],
          ['Goods', identity.productGroup],
          ['Made', identity.madeAt ? <Time key="made" iso={identity.madeAt} /> : null],
          ['Made by', [identity.madeBy, identity.madePlace].filter(Boolean).join(', ') || null],
          ...master,
          ...(identity.certification ? [['Certificate', identity.certification] as const] : []),
        ]}
      />
    </Sheet>
  );
}

export function WhereSheet({ report: { position, identity } }: { report: ItemReport }) {
  const { amount } = position;
  const gone = amount ? amount.consumed + amount.sold + amount.disposed : 0;
  return (
    <Sheet title="Where it is">
      <Facts
        rows={[
          ['State', <State key="state" value={position.state} />],
          [
            'Place',
            position.location ? (
              <span key="place" className="mono">
                {identifierPath(position.location)}
              </span>
            ) : null,
          ],
          ['Holder', position.holder ? <Hash key="holder" label="holder" value={position.holder} /> : null],
          ['Known by', position.holderBy === 'CUSTODY' ? 'a hand-over on chain' : 'who reported last'],
          ['Inside', position.containedIn.map(identifierPath).join(', ') || null],
          ...(identity.kind === 'LOT' && amount
            ? [['Quantity', `made ${amount.made} ${amount.uom ?? 'pieces'}, of it gone ${gone}`] as const]
            : []),
          ['Last seen', position.lastSeen ? <Time key="seen" iso={position.lastSeen} /> : null],
        ]}
      />
    </Sheet>
  );
}

export function FindingsSheet({ findings }: { findings: ItemReport['findings'] }) {
  return (
    <Sheet title="Findings" aside={String(findings.length)} flush>
      {findings.length === 0 ? (
        <Empty title="No rule is broken by what is known" />
      ) : (
        <Ledger label="Findings" head={columns('Rule', 'Severity', 'State', 'What is wrong', '#Evidence')}>
          {findings.map((finding) => (
            <tr key={finding.id}>
              <th scope="row">
                <Link to={`/findings/${finding.id}`}>{finding.rule}</Link>
                <span className="under">{finding.title}</span>
              </th>
              <td>{stateWord(finding.severity)}</td>
              <td>
                <State value={finding.state} />
              </td>
              <td className="grow">
                {finding.explanation}
                {finding.resolution ? <span className="under">Resolved: {finding.resolution}</span> : null}
              </td>
              <td className="number">
                {finding.evidence.map((id, index) => (
                  <Link key={id} to={`/events/${encodeURIComponent(id)}`} title={id}>
                    {index > 0 ? ', ' : ''}
                    {index + 1}
                  </Link>
                ))}
              </td>
            </tr>
          ))}
        </Ledger>
      )}
    </Sheet>
  );
}

export function MomentSheet({ report: { asOf, models, omitted } }: { report: ItemReport }) {
  return (
    <Sheet title="Up to when this speaks, and by which rules">
      <Facts
        wide
        rows={[
          ['As of', asOf.asked],
          ['Block', asOf.block === null ? null : `${asOf.block} of chain ${asOf.chainId}`],
          [
            'Block hash',
            asOf.blockHash ? <Hash key="hash" label="block hash" whole value={asOf.blockHash} /> : null,
          ],
          ['Block time', asOf.blockTime ? <Time key="time" iso={asOf.blockTime} /> : null],
          ...models.map(
            (model) =>
              [
                stateWord(model.family),
                <span key={model.artifactSha256}>
                  <Hash label="rule set" value={model.artifactSha256} />{' '}
                  {model.proposalId ? (
                    <Link to={`/governance/${model.proposalId}`}>voted</Link>
                  ) : (
                    'set up before governance'
                  )}
                </span>,
              ] as const,
          ),
          ['Left out', omitted.join('; ') || 'nothing'],
        ]}
      />
    </Sheet>
  );
}
