// Wires the page: state → resources → panels. Panels know nothing of each other.

import { asking } from "../api/patience.js";
import { measures } from "../charts/measures.js";
import { createAddress } from "../core/address.js";
import { createClock, isPlayedOn } from "../core/clock.js";
import { element } from "../core/dom.js";
import { keep } from "../core/keeping.js";
import { createPace } from "../core/pacing.js";
import { createPanels } from "../core/panels.js";
import { isWaiting } from "../core/resources.js";
import { framed } from "../scene/framing.js";
import { createSceneAddress } from "../scenes/address.js";
import { themeOf } from "../shell/appearance.js";
import { createState, openPage } from "../shell/opening.js";
import { createActions } from "./actions.js";
import { createDescentCodec } from "./address.js";
import { isUnmeasured } from "./bringing.js";
import { createDescentPanels } from "./panels/panels.js";
import { createPlayer } from "./panels/player.js";
import { isWelcome } from "./panels/welcome.js";
import { createRace } from "./race.js";
import { createDescentResources } from "./resources/resources.js";
import { createDescentScenes, createReading } from "./scenes.js";
import { createSelectors } from "./selectors.js";
import { createTuning } from "./tuning/tuning.js";

/** @typedef {import("./types.js").Model} Model */

// Seconds of waiting after which what was there before is not shown any more.
const LONG = 3;

async function main() {
  const { notices, catalog } = await openPage();
  const reading = createReading(createDescentCodec(catalog));
  const sceneAddress = createSceneAddress(catalog.scenarios, "./", reading);
  const opened = sceneAddress.read(location.href);
  const { store, tellProblems } = createState(
    /** @type {Model["state"]} */ ({ ...opened.state, welcome: isWelcome() }),
    notices,
    () => panels.changed(),
  );
  const picture = element("picture");
  const selectors = createSelectors(
    catalog,
    (domain, apart) => framed(picture, domain, apart, measures()).view,
  );

  const actions = createActions({
    catalog,
    store,
    tellProblems,
    pace: () => pace,
    isMeasuring: () => ["asking", "waiting"].includes(resources.answers.measure.status),
  });
  const tuning = createTuning({ catalog, store, undo: actions.undo });

  /** @param {Model["state"]} state @param {import("../core/resources.js").Answers} answers
   * @returns {Model} */
  const modelOf = (state, answers) => ({
    state,
    answers: /** @type {Model["answers"]} */ (answers),
    theme: themeOf(state),
    tuning,
  });
  const model = () => modelOf(store.get(), resources.answers);
  const clock = createClock({
    get: () => store.get().clock,
    put: (time) => store.update({ clock: time }),
    length: () => store.get().steps,
    // Until something is chosen something moves.
    pace() {
      const { speed, loop, welcome } = store.get();
      return { speed, loop: loop || welcome };
    },
  });
  const resources = createDescentResources({
    catalog,
    store,
    selectors,
    modelOf,
    isPassing: asking.isPassing,
    pass(error, waited, signal) {
      if (waited > LONG) store.update({ late: true });
      return asking.pass(error, waited, signal);
    },
    onFound: tuning.found,
    onError(name, error) {
      asking.onError(name, error);
      if (name === "search") tuning.failed();
      if (name === "measure" && isUnmeasured(store.get()))
        actions.refuse(/** @type {Error} */ (error));
    },
    onChange: changed,
  });
  const pace = createPace(store, resources.isBusy);
  const player = createPlayer({ clock, model, selectors });
  const scenes = createDescentScenes({
    ...{ catalog, store, pace, selectors, model, reading, clock },
    address: sceneAddress,
    actions: { ...actions, tuning },
  });
  const follow = createRace({ store, model, clock, ...selectors });

  /** @param {string} href */
  function open(href) {
    const { hash } = new URL(href);
    // A link to a part of the page, which is none to a state.
    if (hash === "" || hash.includes("=")) tellProblems(scenes.openAddress(href));
  }
  const address = createAddress({
    store,
    write: sceneAddress.write,
    open: () => open(location.href),
    // «Back» goes to the scene before, or the surface.
    isEntry: (state, before) =>
      state.scene !== before.scene ||
      (state.scene === null && state.surface !== before.surface && !isUnmeasured(before)),
    isPassing: isPlayedOn,
    onWritten: (address) => address.startsWith("#") && keep("descent", address),
  });
  const {
    panels: all,
    begin,
    watchSize,
  } = createDescentPanels({
    catalog,
    store,
    pace,
    selectors,
    element,
    notices,
    player,
    tuning,
    scenes,
    actions: {
      ...actions,
      address: address.now,
      open,
      renew: () => panels.renew(),
      again: (name) => resources.again(name),
    },
  });
  const panels = createPanels(model, all);

  function changed() {
    const isAnyWaiting = Object.values(resources.answers).some(isWaiting);
    if (store.get().late && !isAnyWaiting) store.update({ late: false });
    follow();
    pace.answered();
    panels.changed();
  }

  store.subscribe(changed);
  tellProblems(opened.problems);
  // The picture has its size once everything round it is there, as large as the audience's is.
  begin();
  panels.render();
  watchSize();
  resources.begin();
}

main();
