// A pasted table among a setting's values, and as the server takes it.

/** How its text is read, where the reader has said so. */
export const CONVENTION = ["separator", "decimal", "grouping"];

/** What is pasted, and how it is read: texts, each with what it may be. @type {[string, RegExp][]} */
export const PASTED = [
  ["points", /./],
  ["separator", /^[a-z_]{1,20}$/],
  ["decimal", /^[a-z_]{1,20}$/],
  ["grouping", /^[a-z_]{1,20}$/],
  ["columns", /^\d{1,2}(,\d{1,2}){1,2}$/],
];

/** What the server takes of a pasted table. @param {Record<string, any>} values */
export function pastedBody(values) {
  const chosen = CONVENTION.filter((part) => values[`dataset.${part}`]);
  const columns = values["dataset.columns"];
  return {
    id: values.dataset,
    points: values["dataset.points"],
    ...(chosen.length > 0
      ? { reading: Object.fromEntries(chosen.map((part) => [part, values[`dataset.${part}`]])) }
      : {}),
    ...(columns ? { columns: String(columns).split(",").map(Number) } : {}),
  };
}
