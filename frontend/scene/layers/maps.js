// A map of every start, in place of the ground: colours are its classes, brightness is steps.

import { inks } from "../../charts/palette.js";
import { integer } from "../../i18n/format.js";
import { t } from "../../i18n/i18n.js";
import { shaded } from "../../maps/colours.js";
import { channels } from "../../maps/painting.js";

/** @type {Map<string, import("./layer.js").Bar>} */
const bars = new Map();
const SHADES = 5;

/** @param {number[]} rgb */
const hex = (rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

/** Steps by their logarithm, from one to the most. @param {number} most
 * @param {import("../scene.js").Scene} scene @returns {import("./layer.js").Bar} */
function barOf(most, { theme, language }) {
  const name = `${most} ${theme} ${language}`;
  const known = bars.get(name);
  if (known) return known;
  const grey = channels(inks(theme).neutral);
  const powers = Array.from({ length: 6 }, (_, power) => 10 ** power).filter(
    (one) => one < most / 2,
  );
  const bar = {
    name: "steps",
    colorscale: Array.from(
      { length: SHADES },
      (_, k) =>
        /** @type {[number, string]} */ ([k / (SHADES - 1), hex(shaded(grey, k / (SHADES - 1)))]),
    ),
    zmin: 0,
    zmax: Math.max(1e-9, Math.log10(most)),
    ticks: [...powers, most].map(Math.log10),
    texts: [...powers, most].map(integer),
    title: t("maps.steps"),
  };
  bars.set(name, bar);
  return bar;
}

/** @type {import("./layer.js").Layer} */
export function maps(scene) {
  const { map } = scene;
  if (map === null) return null;
  const { view, mapped, colourOf, most } = map;
  return { kind: "map", view, mapped, filling: mapped.filling, colourOf, bar: barOf(most, scene) };
}
