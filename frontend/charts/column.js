// Charts that stand under one another, so that their steps do too: each leaves as much room beside
// its frame as the one that needs most.

/**
 * @typedef {{left: number, right: number}} Room Pixels beside a frame.
 * @typedef {ReturnType<typeof createColumn>} Column
 */

export function createColumn() {
  /** What each needs, and how it is drawn anew. @type {Map<object, {room: Room, redraw: () => void}>} */
  const charts = new Map();

  /** @returns {Room} */
  const largest = () => {
    const rooms = [...charts.values()].map(({ room }) => room);
    return {
      left: Math.max(0, ...rooms.map(({ left }) => left)),
      right: Math.max(0, ...rooms.map(({ right }) => right)),
    };
  };

  /** @param {object} chart @param {() => void} change */
  function changed(chart, change) {
    const before = largest();
    change();
    const now = largest();
    if (now.left === before.left && now.right === before.right) return now;
    for (const [other, { redraw }] of [...charts]) if (other !== chart) redraw();
    return now;
  }

  return {
    /**
     * The room that a chart has, given what it needs; the others are drawn anew where theirs changes.
     *
     * @param {object} chart
     * @param {Room} room
     * @param {() => void} redraw
     */
    share: (chart, room, redraw) => changed(chart, () => charts.set(chart, { room, redraw })),
    /** It is not shown any more. @param {object} chart */
    leave: (chart) => changed(chart, () => charts.delete(chart)),
  };
}
