// What pointers do outside the landscape's own gestures: tooltips, the loss panel's clicks, and
// the zoom buttons.

import { h, iconButton, renew } from "../core/dom.js";
import { decimalsFor } from "../i18n/format.js";
import { t } from "../i18n/i18n.js";
import { zoomRange } from "../scene/geometry.js";
import { lossText } from "../scene/scale.js";
import { valueAt } from "../scene/tooltip.js";

const local = (section, event) => {
  const box = section.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

export function createHover({ picture, landscape, tooltip, player, currentGrid }) {
  function clientPoint([x, y]) {
    const box = picture.getBoundingClientRect();
    return [box.left + x, box.top + y];
  }
  const decimals = () => [decimalsFor(landscape.range.x), decimalsFor(landscape.range.y)];
  function point(at, reach) {
    const near = landscape.overlay.nearest(...at, player.step, reach);
    if (near) tooltip.showPoint(near, ...clientPoint(at), decimals());
    return Boolean(near);
  }
  function ground(at) {
    const place = landscape.toData(...at);
    const grid = currentGrid();
    const height = valueAt(grid, "heights", ...place);
    if (height === null) return tooltip.hide();
    const slope = valueAt(grid, "gradient", ...place);
    return tooltip.showPlace(place, lossText(grid, height), slope, decimals(), ...clientPoint(at));
  }
  return {
    tap: (at) => point(at, 24),
    hover(at, inside) {
      if (!at || !inside) tooltip.hide();
      else if (!point(at, 14)) ground(at);
    },
  };
}

// Hovering a panel of curves tells the nearest point; a click goes to that step.
export function listenToCurves(section, curves, { tooltip, player }) {
  section.addEventListener("pointermove", (event) => {
    const near = curves.overlay.nearest(...local(section, event), player.step, 20);
    if (near) tooltip.showPoint(near, event.clientX, event.clientY);
    else tooltip.hide();
  });
  section.addEventListener("pointerleave", () => tooltip.hide());
  section.addEventListener("click", (event) => {
    const step = curves.stepAt(...local(section, event));
    if (step === null) return;
    player.pause();
    player.seek(step);
  });
}

// The zoom buttons, and beside them the switch between one scale for both axes and a scale for
// each, with the note that goes with the latter: where the parameters are in unlike units the page
// scales them apart by itself.
export function createZoomButtons(picture, landscape, store, setView) {
  const section = h("div", { class: "zoom" });
  const note = h("p", { class: "aspect-note", id: "aspect-note" });
  picture.append(section, note);
  let apart = false;
  const zoom = (factor) => {
    const { x, y } = landscape.range;
    setView(zoomRange(landscape.range, factor, [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2]));
  };
  const rebuild = () => {
    renew(
      section,
      iconButton(
        "apart",
        t(apart ? "aspect.equal" : "aspect.apart"),
        () => store.update({ aspect: apart ? "equal" : "apart", view: null }),
        { id: "aspect", "aria-pressed": String(apart), class: "icon-button toggle" },
      ),
      iconButton("plus", t("zoom.in"), () => zoom(0.6), { id: "zoom-in" }),
      iconButton("minus", t("zoom.out"), () => zoom(1 / 0.6), { id: "zoom-out" }),
      iconButton("fit", t("zoom.reset"), () => store.update({ view: null }), { id: "zoom-reset" }),
    );
    note.textContent = t("aspect.note");
    note.hidden = !apart;
  };
  return {
    rebuild,
    // Whether the axes of the picture are scaled apart.
    show(next) {
      if (next === apart) return;
      apart = next;
      rebuild();
    },
  };
}
