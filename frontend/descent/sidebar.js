// The header and the controls beside the picture, and which of them a change of the state concerns.

import { createEditor } from "./controls/editor.js";
import { createGround } from "./controls/ground.js";
import { createHeader } from "./controls/header.js";
import { createRuns } from "./controls/runs.js";
import { createScale } from "./controls/scale.js";
import { createStarts } from "./controls/starts.js";
import { createSurfaceCard } from "./controls/surface.js";
import { changedAny, SURFACE_KEYS } from "./simulation.js";

// `bring` asks the server about what the reader typed before the page shows it; `tuning` knows
// which runs are tuned.
export function createSidebar({ catalog, store, element, theme, tuning, bring, copyLink }) {
  const header = createHeader(element("header"), catalog, store, copyLink, bring);
  const surfaceCard = createSurfaceCard(element("surface"), catalog, store, bring);
  const runs = createRuns(element("runs"), catalog, store, theme, tuning);
  const editor = createEditor(element("editor"), catalog, store);
  const starts = createStarts(element("starts"), catalog, store);
  const ground = createGround(element("picture"), store);
  const scale = createScale(element("losses"), store);

  return {
    // In another language.
    rebuild(state) {
      header.show(state);
      surfaceCard.rebuild(state);
      runs.show(state);
      editor.rebuild(state);
      starts.show(state);
      ground.show(state);
      scale.show(state);
    },
    // In another theme.
    restyle(state) {
      header.show(state);
      runs.show(state);
    },
    show(state, changed) {
      const surface = changedAny([...SURFACE_KEYS, "measured"], changed);
      if (changed.has("surface")) header.show(state);
      if (changed.has("ground")) ground.show(state);
      if (changed.has("scale")) scale.show(state);
      if (surface) surfaceCard.show(state);
      if (surface || changedAny(["runs", "selectedRun", "starts", "steps", "seed"], changed)) {
        runs.show(state);
      }
      if (surface || changedAny(["runs", "selectedRun", "seed", "rates"], changed))
        editor.show(state);
      if (changedAny(["starts", "selectedStart", "steps", "precision"], changed)) {
        starts.show(state);
      }
    },
    // Marks the control whose value the server refused; false where no control holds it.
    tell(refusal) {
      const place = refusal?.loc ?? [];
      const part = place.includes("optimizer") ? editor : surfaceCard;
      return part.tell(String(place.at(-1)), refusal);
    },
    settle: surfaceCard.settle,
    rule: surfaceCard.rule,
  };
}
