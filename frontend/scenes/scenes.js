// The scene mode of a page: a question, what is predicted, and then what happens. It is one more view
// of the page's state; the page says how it is played and what its controls are (types.js).

import { fetchScenario } from "../api/api.js";
import { at } from "../api/root.js";
import { goTo } from "../core/course.js";
import { selector } from "../core/selectors.js";
import { isAhead } from "../core/showing.js";
import { createFollowing } from "../hall/following.js";
import { createHall } from "../hall/hall.js";
import { localize } from "../i18n/i18n.js";
import { inLooks } from "../shell/navigation.js";
import { hashOf, sceneAddress } from "./address.js";
import { aroundOf } from "./around.js";
import { createKeysOfScenes } from "./keys.js";
import { createScenePanels, wayBack } from "./panels.js";
import { isHidden, isTransfer, NO_SCENE, revealed } from "./phases.js";
import { askedNow, sceneOf } from "./scene.js";
import { fitting } from "./verdict.js";

/**
 * @typedef {import("./types.js").Stage} Stage
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./phases.js").Prediction} Prediction
 * @typedef {ReturnType<typeof createScenes>} Scenes
 */

/** @param {Stage} stage */
export function createScenes(stage) {
  const { store, catalog, model, reading, address } = stage;
  const { scenarios } = catalog;

  /** Where what is asked now begins: its address, and whether somebody has changed it. */
  const baseOf = (/** @type {Model} */ now) => {
    const listed = address.find(now.state.scene);
    if (listed === null || !isTransfer(now.state)) return listed?.address ?? null;
    return sceneOf(now)?.transfer.address ?? null;
  };
  const isOther = selector(
    (/** @type {Model} */ now) => [reading.settings(now.state), baseOf(now)],
    (_, base) => base !== null && address.isOther(store.get(), base),
  );

  /** Puts the settings of an address into the page. @param {string} base @param {object} more */
  function put(base, more) {
    const { state } = reading.read(hashOf(base));
    // How the page looks and how fast it plays is the reader's.
    const { language, theme, large, speed } = store.get();
    const own = { language, theme, large, speed };
    stage.quietly(() => store.update({ ...stage.opened(state), ...own, ...more }));
  }

  /** Opens a scene: live where this page shows it. @param {string} id */
  function open(id) {
    const found = address.find(id);
    if (found === null) return;
    if (found.page === stage.name) put(found.address, { ...NO_SCENE, scene: id });
    else location.assign(sceneAddress(id, store.get()));
  }

  /** How often one has gone to another item of a course, where the same scene may stand twice. */
  let passages = 0;
  // It is asked for on each frame, and reads what the tab keeps.
  const around = selector(
    (/** @type {Model} */ { state }) => [state.scene ?? "", passages, isAhead()],
    (id, _passages, _isAhead) => aroundOf(scenarios, id),
  );

  const actions = {
    open,
    /** To a neighbour. @param {1 | -1} way */
    go(way) {
      const { previous, next } = around(model());
      const to = way > 0 ? next : previous;
      if (to === null) return;
      if (to.at !== null) goTo(to.at);
      passages += 1;
      if (to.id !== null) open(to.id);
      else location.assign(at(inLooks(to.address, store.get())));
    },
    /** @param {Prediction} answer */
    predict(answer) {
      const asked = askedNow(model());
      if (asked && isHidden(store.get()) && fitting(asked.answers, answer) !== null) {
        store.update({ answer });
      }
    },
    /** Shows what happens, without an answer where the lecturer says so. */
    reveal() {
      const { phase } = store.get();
      if (!isHidden(store.get())) return;
      store.update({ phase: revealed(phase) });
      stage.play();
    },
    /** Plays what was predicted; asks for a prediction where there is none. */
    play() {
      if (!isHidden(store.get())) stage.toggle();
      else if (store.get().answer !== null) actions.reveal();
      else panels.remind();
    },
    why: () => store.update({ phase: "why", ...stage.uncovered }),
    transfer() {
      const scene = sceneOf(model());
      if (scene) put(scene.transfer.address, { ...NO_SCENE, scene: scene.id, phase: "transfer" });
    },
    /** The question once more. */
    again: () => open(store.get().scene ?? ""),
    /** The settings as the scene has them. */
    reset() {
      const base = baseOf(model());
      const { scene, phase, answer, origin } = store.get();
      if (base) put(base, { scene, phase, answer, origin });
    },
    /** What comes next, whatever that is. */
    advance() {
      const { phase } = store.get();
      if (isHidden(store.get())) actions.play();
      else if (!stage.isOver(model())) stage.toEnd();
      else if (phase === "shown") actions.why();
      else if (phase === "why") actions.transfer();
      else actions.go(1);
    },
    laboratory: () => store.update({ scene: null, origin: store.get().scene }),
    back() {
      const { origin, phase } = store.get();
      // What was played in the laboratory is not to be seen over a question that is open.
      const isOpen = isHidden({ scene: origin, phase });
      store.update({ scene: origin, origin: null, ...(isOpen ? stage.rewound() : {}) });
    },
  };

  // Whoever follows sees what the lecturer shows.
  function follow() {
    const { phase } = store.get();
    if (isHidden(store.get())) store.update({ phase: revealed(phase) });
  }

  const panels = createScenePanels({ stage, actions, isOther, around });
  const hall = createHall({
    store,
    home: panels.hall,
    landOf: ({ state }) => stage.landOf?.(state) ?? null,
    /** Where a path ended, which no declaration knows. @param {Model} now */
    resultOf(now) {
      const asked = askedNow(now);
      if (asked?.answers.kind !== "tap" || isHidden(now.state) || !stage.isOver(now)) return null;
      return stage.endOf?.(now, asked.answers) ?? null;
    },
  });
  createFollowing({
    store,
    open(id) {
      const isHere = address.find(id)?.page === stage.name;
      if (isHere) open(id);
      return isHere;
    },
    isTransfer: () => isTransfer(store.get()),
    /** @param {string} id @param {() => boolean} isWanted */
    async transfer(id, isWanted) {
      const scene = await fetchScenario(id);
      if (!isWanted() || store.get().scene !== id || isTransfer(store.get())) return;
      put(scene.transfer.address, { ...NO_SCENE, scene: id, phase: "transfer" });
    },
    reveal: follow,
    /** @param {number} step */
    seek(step) {
      if (step > 0) follow();
      store.update({ clock: { step, at: step, playing: false } });
    },
  });

  return {
    ...actions,
    panels: [...panels.panels, hall.panel],
    keys: createKeysOfScenes(store, { ...actions, hall: hall.toggle }),
    /** Opens a hall; in the laboratory, shows its card or puts it away. */
    openHall: hall.toggle,
    address,
    /** Whether the settings are other than the scene's own. */
    isOther,
    /** What is predicted by a tap, now. */
    takesTap: () => isHidden(store.get()) && askedNow(model())?.answers.kind === "tap",
    /** Whether a control may be moved: in a scene only those that it has. @param {string} name */
    allows(name) {
      if (store.get().scene === null) return true;
      return sceneOf(model())?.controls.includes(name) ?? false;
    },
    /** What the speaker is told. @param {Model} now */
    words(now) {
      const { next } = around(now);
      return { notes: sceneOf(now)?.notes ?? null, next: next && localize(next.title) };
    },
    /** Opens an address, as «back» does; answers what of it cannot be used. @param {string} href */
    openAddress(href) {
      if (!address.isHere(href, stage.name)) {
        location.assign(href);
        return [];
      }
      const { state, problems } = address.read(href);
      store.update({ ...NO_SCENE, ...stage.opened(state) });
      return problems;
    },
    /** @param {string | null} id */
    title(id) {
      const found = address.find(id);
      return found && localize(found.title);
    },
    /** In the laboratory: the way back to a scene. @param {string | null} origin */
    wayBack: (origin) => wayBack(scenarios, origin, actions.back),
  };
}
