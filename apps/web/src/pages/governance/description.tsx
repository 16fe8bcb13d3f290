import { readBlocks } from '../../format/chain-markdown.js';
import type { Block, Span } from '../../format/chain-markdown.js';
import { Link } from '../../router/router.js';

/** A proposal's text as headings, tables and lists; every word of it is a text node. */
export function Description({ text, title }: { text: string; title: string }) {
  const blocks = readBlocks(text, title);
  if (blocks.length === 0) return <p className="quiet">The proposal says no more than its title.</p>;
  return (
    <div className="prose">
      {blocks.map((block, index) => (
        <BlockOf key={index} block={block} />
      ))}
    </div>
  );
}

function BlockOf({ block }: { block: Block }) {
  if (block.kind === 'heading') return <h3>{words(block.spans)}</h3>;
  if (block.kind === 'paragraph') return <p className="chain-text">{words(block.spans)}</p>;
  if (block.kind === 'list') {
    return (
      <ul>
        {block.items.map((item, index) => (
          <li key={index}>{words(item)}</li>
        ))}
      </ul>
    );
  }
  return (
    <div className="prose-table" tabIndex={0} role="group" aria-label="Table of the proposal">
      <table>
        <thead>
          <tr>
            {block.head.map((cell, index) => (
              <th key={index} scope="col">
                {words(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{words(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const IDENTIFIER = /^(?:urn:sha256:|0x)[0-9a-f]{40,}$/i;

function words(spans: readonly Span[]) {
  return spans.map((span, index) => {
    if (span.kind === 'link') {
      return (
        <Link key={index} to={span.to}>
          {span.text}
        </Link>
      );
    }
    const code = span.kind === 'code' || IDENTIFIER.test(span.text);
    return code ? <code key={index}>{span.text}</code> : <span key={index}>{span.text}</span>;
  });
}
