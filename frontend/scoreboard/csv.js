// The cells as rows of a table for other programs: numbers as JavaScript writes them.

/** @typedef {import("../api/answers.js").Scoreboard} Scoreboard */

const HEAD = ["surface", "run", "tuned", "learning_rate", "solved", "median", "area"];

// What a spreadsheet would read as a formula has an apostrophe in front (OWASP, CSV injection).
/** @param {unknown} value */
const quoted = (value) => {
  const text =
    typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
 * @param {Scoreboard} answer
 * @param {import("./names.js").Column[]} columns
 * @param {(surface: Scoreboard["surfaces"][number]["surface"]) => string} titleOf
 */
export function cellsAsCsv({ surfaces }, columns, titleOf) {
  const rows = surfaces.flatMap(({ surface, cells }) =>
    columns.map(({ name, index, standing }) => {
      const { learning_rate: rate, solved, median, area } = cells[index];
      return [titleOf(surface), name, standing.tuned, rate, solved, median ?? "", area];
    }),
  );
  return [HEAD, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}
