// What the next step is made of, at the head of a path: its pieces one after another, what scaling
// makes of a circle, and the step itself. All of one head have one scale; it is that of the picture
// where the step can be seen in it.

import { PARTS } from "../../charts/roles.js";

/**
 * @typedef {import("../scene.js").Body} Body
 * @typedef {import("../scene.js").Spot} Spot
 * @typedef {import("../scene.js").Point} Point
 * @typedef {import("../scene.js").Item} Item
 * @typedef {import("../../charts/roles.js").PartRole} PartRole
 */

// A step shorter than this, in pixels, is drawn larger, to about the other length.
const SEEN = 36;
const DRAWN = 110;
// An arrow shorter than this has no letter.
const LETTERED = 26;
const CORNERS = 72;
/** @type {Set<PartRole | undefined>} */
const DONE_TO_IT = new Set(["penalty", "noise", "clipping"]);

/** The largest of 1, 2, 5, 10, 20, … that is not over a number. @param {number} most */
export function roundFactor(most) {
  if (!(most >= 2)) return 1;
  const decade = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((lead) => lead * decade).find((one) => one <= most) ?? 1;
}

/** @param {Point} one @param {Point} other @returns {Point} */
const plus = (one, other) => [one[0] + other[0], one[1] + other[1]];

/** Where each piece begins, from the head. @param {Point[]} pieces */
export function chained(pieces) {
  /** @type {Point} */
  let at = [0, 0];
  return pieces.map((piece) => {
    const begin = at;
    at = plus(at, piece);
    return { begin, end: at };
  });
}

/**
 * What a circle becomes when each coordinate has its own rate, and the step with one rate for both.
 *
 * @param {Body} body
 */
export function scaled({ pieces, rate }) {
  if (rate === null) return null;
  const common = Math.sqrt(rate[0] * rate[1]);
  const [sx, sy] = rate.map((one) => one / common);
  const ruled = pieces.filter(({ role }) => role !== "decay");
  const [x, y] = ruled.reduce((sum, { by }) => plus(sum, by), /** @type {Point} */ ([0, 0]));
  const plain = /** @type {Point} */ ([x / sx, y / sy]);
  const radius = Math.hypot(...plain);
  const outline = Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS;
    return /** @type {Point} */ ([radius * sx * Math.cos(angle), radius * sy * Math.sin(angle)]);
  });
  return [...plain, ...outline.flat()].every(Number.isFinite) ? { plain, outline } : null;
}

/** How many times larger than in the picture a body is drawn.
 * @param {Body} body @param {(direction: Point) => Spot} direction */
export function factorOf({ head, end, pieces }, direction) {
  const far = (/** @type {Point} */ by) => Math.hypot(...direction(by));
  const step = far([end[0] - head[0], end[1] - head[1]]);
  if (step >= SEEN) return 1;
  // What clipping takes back may be far outside.
  const ends = chained(pieces.map(({ by }) => by)).filter(
    (_, i) => !DONE_TO_IT.has(pieces[i + 1]?.role),
  );
  const reach = Math.max(step, ...ends.map(({ end }) => far(end)));
  return reach > 0 ? roundFactor(DRAWN / reach) : 1;
}

/** @type {import("./mark.js").Mark} */
export function anatomy({ scene, projection, look: { ink, measures } }) {
  const { thin, font } = measures;

  /** @param {Body} body @returns {Item[]} */
  function itemsOf(body) {
    const { head, end, pieces, lookedAt, shown, isSelected } = body;
    const origin = projection.toScreen(head);
    if (!projection.holds(origin)) return [];
    const factor = factorOf(body, projection.direction);
    /** @param {Point} by @returns {Spot} */
    const along = (by) => {
      const [dx, dy] = projection.direction(by);
      return [dx * factor, dy * factor];
    };
    /** @param {Point} by @returns {Spot} */
    const place = (by) => plus(origin, along(by));
    /** @param {PartRole} role */
    const colorOf = (role) =>
      scene.lit === null || scene.lit === role ? ink.roles[PARTS[role].color] : ink.faint;
    /** @param {PartRole} role */
    const widthOf = (role) => (scene.lit === role ? 4.2 : role === "step" ? 3 : 2.4) * thin;
    /** @param {PartRole} role */
    const dashOf = (role) => PARTS[role].dash.map((length) => length * thin);

    /** @param {PartRole} role @param {Point} from @param {Point} by @param {number} side
     * @returns {Item[]} */
    function arrow(role, from, by, side) {
      const at = place(from);
      const pixels = along(by);
      const length = Math.hypot(...pixels);
      const color = colorOf(role);
      /** @type {Item} */
      const drawn = {
        kind: "arrow",
        role: `anatomy_${role}`,
        at,
        by: pixels,
        dash: dashOf(role),
        color,
        width: widthOf(role),
        halo: ink.halo,
      };
      if (!isSelected || length < LETTERED) return [drawn];
      const aside = (side * 0.85 * font) / length;
      return [
        drawn,
        {
          kind: "label",
          role: "name",
          at: [
            at[0] + 0.55 * pixels[0] + aside * pixels[1],
            at[1] + 0.55 * pixels[1] - aside * pixels[0],
          ],
          text: PARTS[role].letter,
          align: "center",
          size: 0.95 * font,
          color,
          halo: ink.halo,
        },
      ];
    }

    const chain = chained(pieces.map(({ by }) => by));
    const parts = pieces.flatMap(({ role, by }, i) =>
      i < shown ? arrow(role, chain[i].begin, by, 1) : [],
    );
    const scaling = scaled(body);
    const others =
      scaling && shown > pieces.length
        ? [
            .../** @type {Item[]} */ ([
              {
                kind: "line",
                role: "anatomy_scaling",
                pixels: scaling.outline.flatMap(place),
                color: colorOf("scaling"),
                width: 0.7 * widthOf("scaling"),
                dash: dashOf("scaling"),
              },
            ]),
            ...arrow("scaling", [0, 0], scaling.plain, 1),
          ]
        : [];
    const isLookingAhead = lookedAt[0] !== head[0] || lookedAt[1] !== head[1];
    const ahead = isLookingAhead
      ? /** @type {Item[]} */ ([
          {
            kind: "circle",
            role: "anatomy_lookahead",
            at: place([lookedAt[0] - head[0], lookedAt[1] - head[1]]),
            size: 5 * thin,
            width: 2 * thin,
            color: colorOf("lookahead"),
            fill: ink.halo,
          },
        ])
      : [];
    const isWhole = shown > pieces.length + (scaling ? 1 : 0);
    const whole = isWhole ? arrow("step", [0, 0], [end[0] - head[0], end[1] - head[1]], -1) : [];
    /** @type {Item[]} */
    const told =
      factor === 1 || !isSelected
        ? []
        : [
            {
              kind: "label",
              role: "anatomy_larger",
              at: [origin[0], origin[1] + 1.5 * font],
              text: `×${factor}`,
              align: "center",
              size: 0.95 * font,
              color: ink.text,
              halo: ink.halo,
            },
          ];
    // Under the arrows what they stand on.
    return [...others, ...whole, ...parts, ...ahead, ...told];
  }

  return scene.anatomy.flatMap(itemsOf);
}
