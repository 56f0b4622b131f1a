// The header of a page that has views and shows scenes.

import { views as buttons } from "../shell/views.js";

/** @typedef {{ view: string, scene: string | null, origin: string | null }} Props */

/**
 * @param {object} page
 * @param {import("../core/store.js").Store<any>} page.store
 * @param {import("../scenes/scenes.js").Scenes} page.scenes
 * @param {readonly string[]} page.views
 * @param {() => string} page.label What they are, read aloud.
 * @param {(view: string) => string} page.titleOf
 * @returns {import("../shell/header.js").Own<{ state: Readonly<Props> }, Props>}
 */
export const viewsHeader = ({ store, scenes, views, label, titleOf }) => ({
  select: ({ state: { view, scene, origin } }) => ({ view, scene, origin }),
  middle: ({ view, origin }) => [
    scenes.wayBack(origin),
    buttons({
      label: label(),
      views: views.map((id) => ({ id, title: titleOf(id) })),
      current: view,
      choose: (id) => store.update({ view: id }),
    }),
  ],
  title: ({ view, scene }) => scenes.title(scene) ?? titleOf(view),
});
