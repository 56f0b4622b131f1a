// The header and the controls beside the picture as panels.

import { createSidebar } from "../../sidebar.js";

// Of the state, what the controls show.
const FIELDS = [
  ...["surface", "parameters", "formula", "points", "reading", "columns", "measured", "rates"],
  ...["starts", "selectedStart", "runs", "selectedRun", "steps", "seed", "precision"],
  ...["ground", "scale", "language", "theme", "kept"],
];

export function createSidebarPanels({ catalog, store, pace, element, theme, tuning, actions }) {
  const { bring, copyLink } = actions;
  const options = { catalog, store, pace, element, theme, tuning, bring, copyLink };
  const sidebar = createSidebar(options);
  let before = null;
  const told = new Set();

  function controls({ seen, ...fields }) {
    const state = store.get();
    const changed = new Set(FIELDS.filter((name) => fields[name] !== before?.[name]));
    const isAnew = before === null || changed.has("language");
    const isRestyled = seen !== before?.seen;
    before = { ...fields, seen };
    if (isAnew) sidebar.rebuild(state);
    else if (isRestyled || changed.has("theme")) sidebar.restyle(state);
    if (changed.has("kept")) changed.add("runs");
    sidebar.show(state, changed);
  }

  // What a control tells needs no notice.
  function refusals({ measure, paths }) {
    if (!measure) for (const name of ["formula", "points"]) sidebar.settle(name);
    told.clear();
    for (const error of [measure, paths]) {
      if (error?.status === 422 && sidebar.tell(error.detail[0])) told.add(error);
    }
  }

  const refused = ({ status, error }) => (status === "refused" ? error : null);
  const panels = [
    {
      select: ({ state, theme: seen }) => ({
        ...Object.fromEntries(FIELDS.map((name) => [name, state[name]])),
        seen,
      }),
      show: controls,
    },
    {
      select: ({ answers, state }) => ({ rule: answers.grid.value?.rule, surface: state.surface }),
      show: ({ rule }) => rule && sidebar.rule(store.get(), rule),
    },
    {
      select: ({ answers, state }) => ({
        measure: refused(answers.measure),
        paths: refused(answers.paths),
        language: state.language,
      }),
      show: refusals,
    },
  ];
  return { panels, isTold: (error) => told.has(error) };
}
