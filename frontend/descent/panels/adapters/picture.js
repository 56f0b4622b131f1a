// The landscape as a panel: what of the model it shows, and which of its parts that concerns.

import { inks } from "../../../charts/palette.js";
import { isSame } from "../../../core/selectors.js";

const NONE = [];

// Gradients at the point whose next step uses a batch: of all points, and of that batch alone.
function arrowsOf(probe, { at, run }, theme) {
  const arrow = (gradient, color, dash) =>
    gradient ? [{ at, gradient: [gradient.x, gradient.y], color, dash }] : [];
  return [
    ...arrow(probe.gradient, inks(theme).minimum, []),
    ...arrow(probe.batch.gradient, run.style.color, [4, 4]),
  ];
}

export function createPicture({ section, landscape, selectors, drawing }) {
  let shown = { grid: null, scene: null, batch: null, arrows: null };
  let batchOf = { lines: null, probe: null, found: null, batch: null, arrows: NONE };

  // One object as long as nothing of it changes.
  function batch(model) {
    const { answers, theme } = model;
    const found = selectors.looked(model);
    const isReady = found?.batch && answers.probe.status === "ready" && answers.probe.value.batch;
    const lines = found?.batch && answers.batch.status === "ready" ? answers.batch.value : null;
    const probe = isReady ? answers.probe.value : null;
    if (lines !== batchOf.lines || probe !== batchOf.probe || found !== batchOf.found) {
      batchOf = {
        lines,
        probe,
        found,
        batch: lines && { grid: lines, color: found.run.style.color },
        arrows: probe ? arrowsOf(probe, found, theme) : NONE,
      };
    }
    return { batch: batchOf.batch, arrows: batchOf.arrows };
  }

  async function draw({ grid, batch, arrows, language, large, ...scene }) {
    const before = shown;
    shown = { grid, scene: { ...scene, language, large }, batch, arrows };
    if (grid === null) {
      landscape.show(scene);
      if (before.grid !== null) landscape.clear();
      return;
    }
    const isOther = !isSame(shown.scene, before.scene);
    if (isOther) landscape.show({ ...scene, names: grid.names, penalised: grid.penalised });
    const isAnew =
      grid !== before.grid ||
      ["theme", "language", "large"].some((name) => shown.scene[name] !== before.scene?.[name]);
    if (isAnew) {
      landscape.show({ names: grid.names, penalised: grid.penalised });
      await landscape.showGrid(grid, grid.range);
    }
    if (isAnew || batch !== before.batch || arrows !== before.arrows) {
      landscape.showBatch(batch, arrows);
    }
    section.dataset.surface = grid.surface;
    section.dataset.ground = grid.ground;
    if (!section.dataset.drawn) {
      section.dataset.drawn = "true";
      performance.mark("first-picture");
    }
  }

  return {
    select: (model) => ({
      grid: selectors.grid(model),
      runs: selectors.runs(model),
      minima: selectors.race(model)?.minima ?? NONE,
      starts: model.state.starts,
      selectedStart: model.state.selectedStart,
      theme: model.theme,
      language: model.state.language,
      large: model.state.large,
      ...batch(model),
    }),
    show: drawing.inTurn(draw),
  };
}
