import { useState } from 'react';
import { Time } from '../../components/marks.js';
import { Ledger, Sheet, columns } from '../../components/sheet.js';
import { Answer, Notice } from '../../components/states.js';
import { identifierPath, itemPath, stateWord } from '../../format/names.js';
import { TRACE } from '../../network/queries/audit.js';
import { useRead } from '../../network/reads.js';
import type { TraceAnswer, TraceNode } from '../../network/audit-types.js';
import { Link } from '../../router/router.js';
import { layOut } from './trace-layout.js';

const PRESENCE: Record<TraceNode['presence'], string> = {
  ITEM: 'Goods',
  HOLDER: 'Holds them',
  PORTION: 'Portion of a lot',
  PROCESS: 'Transformation',
  PLACE: 'Place',
};
const SHOWN_IN_DRAWING = 120;

/** Where goods went or came from, as a drawing and as a table that says the same. */
export function TraceSheet({ uri }: { uri: string }) {
  const [direction, setDirection] = useState('FORWARD');
  const [maxDepth, setMaxDepth] = useState(8);
  const read = useRead<{ trace: TraceAnswer }>('events', TRACE, { uri, direction, maxDepth });
  return (
    <Sheet title="Trace" flush>
      <form className="filters" onSubmit={(event) => event.preventDefault()}>
        <label className="field">
          Direction
          <select value={direction} onChange={(event) => setDirection(event.target.value)}>
            <option value="FORWARD">Where it went</option>
            <option value="BACKWARD">Its origins</option>
          </select>
        </label>
        <label className="field">
          Steps
          <select value={maxDepth} onChange={(event) => setMaxDepth(Number(event.target.value))}>
            {[2, 4, 8, 20].map((steps) => (
              <option key={steps} value={steps}>
                {steps}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Answer of={read} rows={8}>
        {({ trace }) => <Found trace={trace} />}
      </Answer>
    </Sheet>
  );
}

function Found({ trace }: { trace: TraceAnswer }) {
  return (
    <>
      {trace.truncated ? (
        <Notice tone="warn">
          {trace.truncated === 'DEPTH'
            ? 'There is more beyond this many steps.'
            : 'There is more than is shown; begin further along the way.'}
        </Notice>
      ) : null}
      {trace.nodes.length <= SHOWN_IN_DRAWING && trace.nodes.length > 1 ? <Drawing trace={trace} /> : null}
      <Ledger
        label="Nodes of the trace"
        head={columns('#Steps', 'Identifier', 'Here as', '~Certainty', '~Since')}
      >
        {trace.nodes.map((node) => (
          <tr key={node.uri}>
            <td className="number">{node.depth}</td>
            <td className="mono grow">
              <NodeLink node={node} />
            </td>
            <td>{PRESENCE[node.presence]}</td>
            <td className="wide">{stateWord(node.certainty)}</td>
            <td className="wide">
              <Since trace={trace} uri={node.uri} />
            </td>
          </tr>
        ))}
      </Ledger>
    </>
  );
}

function NodeLink({ node }: { node: TraceNode }) {
  if (node.presence === 'PROCESS') return <span title={node.uri}>{identifierPath(node.uri)}</span>;
  return (
    <Link to={itemPath(node.uri)} title={node.uri}>
      {identifierPath(node.uri)}
    </Link>
  );
}

function Since({ trace, uri }: { trace: TraceAnswer; uri: string }) {
  const times = trace.edges
    .filter((edge) => edge.target === uri || edge.source === uri)
    .map((edge) => edge.validFrom);
  const first = times.sort()[0];
  return first ? <Time iso={first} /> : <span className="quiet">–</span>;
}

/** The table below says all of this; so the drawing is hidden from those who hear the page. */
function Drawing({ trace }: { trace: TraceAnswer }) {
  const { width, height, nodes, lines } = layOut(trace.nodes, trace.edges);
  return (
    <div className="ledger-scroll trace-box" tabIndex={0} role="region" aria-label="Drawing of the trace">
      <svg
        className="trace"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${nodes.length} nodes and ${lines.length} ties, listed in the table below`}
      >
        {lines.map(({ key, from, to, kind }) => (
          <path
            key={key}
            className={`trace-line trace-${kind.toLowerCase()}`}
            d={`M${from.x} ${from.y} C${(from.x + to.x) / 2} ${from.y} ${(from.x + to.x) / 2} ${to.y} ${to.x} ${to.y}`}
          />
        ))}
        {nodes.map((node) => (
          <g key={node.uri} className={`trace-node trace-${node.presence.toLowerCase()}`}>
            <circle cx={node.x} cy={node.y} r={node.presence === 'PROCESS' ? 3 : 5} />
            <text x={node.x + 9} y={node.y + 4}>
              {shortName(node)}
              <title>{node.uri}</title>
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

const LETTERS = 17;

function shortName({ uri, presence }: TraceNode): string {
  if (presence === 'PROCESS') return 'made';
  const path = identifierPath(uri);
  return path.length > LETTERS ? `…${path.slice(-LETTERS + 1)}` : path;
}
