import { describe, expect, it } from '@jest/globals';
import { readBlocks } from './chain-markdown.js';
import type { Block } from './chain-markdown.js';

const PROPOSER = `#proposer=0x${'4a'.repeat(20)}`;
const blocks = (text: string, title = '') => readBlocks(text, title);
const text = (value: string) => ({ kind: 'text', text: value });

/** Everything a reader sees, without the signs of structure. */
function shown(all: readonly Block[]): string {
  const parts = all.flatMap((block) => {
    if (block.kind === 'list') return block.items.flat();
    if (block.kind === 'table') return [block.head, ...block.rows].flat(2);
    return block.spans;
  });
  return parts.map((span) => span.text).join(' ');
}

describe('readBlocks', () => {
  it('reads the text that a proposal for a model is made of', () => {
    const description = [
      '# Run the theta model',
      'Backtest: 3 origins.',
      '| model | MASE |\n| --- | ---: |\n| a \\| b | 0.9 |',
      PROPOSER,
    ].join('\n\n');
    expect(blocks(description, 'Run the theta model')).toEqual([
      { kind: 'paragraph', spans: [text('Backtest: 3 origins.')] },
      {
        kind: 'table',
        head: [[text('model')], [text('MASE')]],
        rows: [[[text('a | b')], [text('0.9')]]],
      },
    ]);
  });

  it('keeps the line breaks of a paragraph and ends it where another block begins', () => {
    expect(blocks('one\n  two\n- a\n- `b`\n## Three')).toEqual([
      { kind: 'paragraph', spans: [text('one\n  two')] },
      { kind: 'list', items: [[text('a')], [{ kind: 'code', text: 'b' }]] },
      { kind: 'heading', spans: [text('Three')] },
    ]);
  });

  it('leaves out the title only where it opens the text', () => {
    expect(shown(blocks('Title\n\nbody', 'Title'))).toBe('body');
    expect(shown(blocks('body\n\n# Title', 'Title'))).toBe('body Title');
  });

  it('leaves out the line of the proposer only at the end and only whole', () => {
    expect(shown(blocks(`body\n\n${PROPOSER}`))).toBe('body');
    expect(shown(blocks(`${PROPOSER}\nbody`))).toContain(PROPOSER);
    expect(shown(blocks(`body\n${PROPOSER} and pay the proposer`))).toContain('and pay the proposer');
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '![x](https://example.org/x.png)',
    '[vote](https://example.org)',
    '[vote](javascript:alert(1))',
    '[vote](//example.org/models)',
    '[vote](/models/../../evil)',
    '[vote](/models\\@example.org)',
    '[vote](/models?next=//example.org)',
    '<https://example.org>',
  ])('gives %s as text', (hostile) => {
    expect(blocks(hostile)).toEqual([{ kind: 'paragraph', spans: [text(hostile)] }]);
  });

  it('links to a page of ours', () => {
    expect(blocks('see [it](/models/0xab)')).toEqual([
      { kind: 'paragraph', spans: [text('see '), { kind: 'link', text: 'it', to: '/models/0xab' }] },
    ]);
  });

  it('hides no cell that a row has beyond the head', () => {
    expect(shown(blocks('| a |\n| - |\n| b | and send all tokens |'))).toBe('a b and send all tokens');
  });

  it('shows signs that would reorder or hide the text', () => {
    expect(shown(blocks('pay \u202eecila\u202c \u200bbob\u0000'))).toBe(
      'pay \ufffdecila\ufffd \ufffdbob\ufffd',
    );
  });

  it('shows all of a text of very many lines', () => {
    const long = shown(blocks('a\n\n'.repeat(3000) + 'the end'));
    expect(long).toContain('the end');
  });

  it.each(['`', '[', '[a](', '|', '| - ', '\\', '- ', '#', '\n', '|\n|-|\n'])(
    'takes time in proportion to a text of %j repeated',
    (sign) => {
      const started = performance.now();
      blocks(sign.repeat(200_000 / sign.length));
      expect(performance.now() - started).toBeLessThan(1500);
    },
  );
});
