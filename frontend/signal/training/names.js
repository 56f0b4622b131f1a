// What layers are called, and which of many have a name beside their lines.

import { t } from "../../i18n/i18n.js";

/** Lines that are all named; of more the first, the middle and the last are. */
const ALL = 6;

/** @param {number} row Counted from 0; the last one is the output. @param {number} rows */
export const layerName = (row, rows) => (row === rows - 1 ? t("trained.output") : String(row + 1));

/** @param {number} rows The output among them. @returns {number[]} */
export function namedRows(rows) {
  if (rows <= ALL + 1) return Array.from({ length: rows }, (_, row) => row);
  return [0, Math.floor((rows - 2) / 2), rows - 2, rows - 1];
}

/**
 * How a layer's line is told from others without its hue: the first third is whole, the second
 * dashed, the last dotted; the nearer to the input, the thicker.
 *
 * @param {number} row
 * @param {number} rows
 * @returns {{ dash: number[], width: number }} In widths of a usual line.
 */
export function layerLine(row, rows) {
  if (row === rows - 1) return { dash: [3, 3], width: 0.8 };
  const part = rows > 2 ? row / (rows - 2) : 0;
  const dash = [[], [5, 2], [1.5, 1.8]][Math.min(2, Math.floor(3 * part * 0.999))];
  return { dash: rows > 3 ? dash : [], width: 1 - 0.35 * part };
}
