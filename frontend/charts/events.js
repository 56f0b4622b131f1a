// Numbered diamonds where something happened to a path: on the picture and on curves alike.

/**
 * @typedef {import("./display_list.js").Item} Item
 * @typedef {import("./display_list.js").Spot} Spot
 * @typedef {import("./measures.js").Measures} Measures
 * @typedef {import("../i18n/i18n.js").Words} Words
 *
 * What happened at a step; `n` is its number, `color` where not all have that of one run.
 * @typedef {{ n: number, step: number, kind: string, text: Words, color?: string }} Told
 * @typedef {{ key: number, trajectory: import("./runs.js").Trajectory, color: string,
 *   list: Told[] }} Events
 * @typedef {{ event: Told, at: Spot }} Placed
 */

/** How near a diamond is pointed at. */
const REACH = 10;

/** @param {Measures} measures */
const sizeOf = ({ font }) => 0.62 * font;

/**
 * Where diamonds stand: over the points of their steps, and beside one another where these are one.
 *
 * @param {Events | null} events
 * @param {{ trajectory: unknown, pixels: ArrayLike<number>, count: number }[]} trails
 * @param {Measures} measures
 * @returns {Placed[]}
 */
export function placeEvents(events, trails, measures) {
  const trail = events && trails.find(({ trajectory }) => trajectory === events.trajectory);
  if (!events || !trail) return [];
  const apart = 2 * sizeOf(measures);
  const least = 0.95 * apart;
  /** @type {Placed[]} */
  const placed = [];
  for (const event of events.list) {
    const step = Math.min(event.step, trail.count - 1);
    /** @type {Spot} */
    let at = [trail.pixels[2 * step], trail.pixels[2 * step + 1] - apart];
    for (let tries = 0; tries < placed.length; tries += 1) {
      const taken = placed.find(
        (one) => Math.abs(one.at[0] - at[0]) < least && Math.abs(one.at[1] - at[1]) < least,
      );
      if (!taken) break;
      at = [taken.at[0] + apart, taken.at[1]];
    }
    placed.push({ event, at });
  }
  return placed;
}

/**
 * What diamonds cover, so that no name does.
 *
 * @param {Placed[]} placed
 * @param {Measures} measures
 */
export const eventBoxes = (placed, measures) =>
  placed.map(({ at: [x, y] }) => {
    const half = sizeOf(measures);
    return /** @type {import("./names.js").Box} */ ([x - half, y - half, x + half, y + half]);
  });

/**
 * @param {Placed[]} placed
 * @param {{ color: string, halo: string, measures: Measures }} look
 * @returns {Item[]}
 */
export const eventItems = (placed, { color, halo, measures }) =>
  placed.flatMap(({ event, at }) => [
    {
      kind: "marker",
      role: "event",
      at,
      shape: "diamond",
      size: sizeOf(measures),
      color: halo,
      halo: color,
    },
    {
      kind: "label",
      role: "name",
      at: [at[0], at[1] + 0.5],
      text: String(event.n),
      align: "center",
      size: 0.8 * measures.font,
      color,
    },
  ]);

/**
 * The event whose diamond is pointed at.
 *
 * @param {Placed[]} placed
 * @param {Spot} spot
 * @returns {Told | null}
 */
export function eventAt(placed, [x, y]) {
  const near = placed.find(({ at }) => Math.hypot(at[0] - x, at[1] - y) <= REACH);
  return near ? near.event : null;
}
