import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

/**
 * Reads a chart period by period, with a pointer or the arrow keys, as a slider that a screen reader knows.
 *
 * @param count periods drawn
 * @param first the one that is read before the reader chooses
 * @param nearest the one at a share of the width, 0..1; equally wide ones by default
 */
export function usePeriodSlider(
  count: number,
  first: number,
  frame: { width: number; left: number; right: number },
  nearest: (share: number) => number = (share) => Math.round(share * (count - 1)),
) {
  const [picked, setPicked] = useState<number | null>(null);
  const last = count - 1;
  const at = Math.min(picked ?? first, last);
  const choose = (index: number) => setPicked(Math.max(0, Math.min(last, index)));
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const from = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = (from - frame.left) / (frame.width - frame.left - frame.right);
    choose(nearest(share));
  };
  const step = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -count, End: count }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    choose(at + move);
  };
  const slider = {
    ...{ role: 'slider', tabIndex: 0, 'aria-valuemin': 0, 'aria-valuemax': last, 'aria-valuenow': at },
    ...{ onPointerMove: pick, onPointerDown: pick, onKeyDown: step },
  } as const;
  return { at, slider };
}
