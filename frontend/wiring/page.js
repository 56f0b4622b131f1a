// What the pages do the same: state → resources → panels, with «undo», an address that follows the state,
// and the frame round it all. What a page shows, asks for and lists among its keys is its own.

import { asking } from "../api/patience.js";
import { createAddress } from "../core/address.js";
import { keep } from "../core/keeping.js";
import { createPace } from "../core/pacing.js";
import { createPanels } from "../core/panels.js";
import { createResources } from "../core/resources.js";
import { createUndo } from "../core/undo.js";
import { createState } from "../shell/opening.js";
import { createFrame } from "./frame.js";

/** @typedef {import("../core/resources.js").Answers} Answers */

/**
 * @template {import("../shell/fields.js").Appearance} S
 * @template {{ state: Readonly<S>, answers: Answers }} M
 * @param {object} page
 * @param {string} page.name
 * @param {import("../shell/notices.js").Notices} page.notices
 * @param {{ limits: { points?: number } }} page.catalog
 * @param {{ state: S, problems: string[] }} page.opened What its address asks for.
 * @param {readonly (keyof S & string)[]} page.settings What «undo» and «reset all» are about.
 * @param {() => S} page.defaults The state that nobody has touched.
 * @param {import("../core/resources.js").Resource<S, any>[]} page.declared
 * @param {(state: Readonly<S>, answers: Answers) => M} page.modelOf What its panels are functions of.
 * @param {(state: Readonly<S>) => string} page.write The address of a state.
 * @param {(href: string) => string[]} page.openAddress Puts an address into the state; answers what of it
 *   cannot be used.
 * @param {Parameters<typeof createAddress<S>>[0]["isEntry"]} [page.isEntry]
 * @param {Parameters<typeof createAddress<S>>[0]["isPassing"]} [page.isPassing]
 * @param {(answers: Answers) => boolean} [page.isBusy] Whether what is dragged waits for an answer; if left
 *   out, it waits for all of them.
 * @param {(answers: Answers) => void} [page.onAnswer] Called after any answer has changed.
 */
export function createPage({ name, notices, catalog, opened, settings, declared, ...page }) {
  const { defaults, modelOf, write, openAddress, isEntry, isPassing, isBusy, onAnswer } = page;
  /** @type {ReturnType<typeof createPanels<M>>} */
  let panels;
  const renew = () => panels.renew();
  const { store, tellProblems } = createState(opened.state, notices, renew);
  const resources = createResources(store, declared, {
    ...asking,
    onChange() {
      onAnswer?.(answers);
      pace.answered();
      panels.changed();
    },
  });
  const { answers } = resources;
  const pace = createPace(store, isBusy ? () => isBusy(answers) : resources.isBusy);
  const undo = createUndo(store, [...settings]);
  /** @param {string} href */
  const open = (href) => tellProblems(openAddress(href));
  const address = createAddress({
    ...{ store, write, isEntry, isPassing },
    open: () => open(location.href),
    onWritten: (address) => address.startsWith("#") && keep(name, address),
  });
  const model = () => modelOf(store.get(), answers);
  // Which view is shown is no setting that one wants back.
  const touched = settings.filter((setting) => setting !== "view");

  function reset() {
    const all = defaults();
    /** @type {Partial<S>} */
    const untouched = {};
    for (const setting of touched) untouched[setting] = all[setting];
    store.update(untouched);
  }

  return {
    ...{ store, answers, pace, undo, model },
    /** Plans to show what has changed. */
    changed: () => panels.changed(),

    /**
     * Shows the page's panels in its frame, and begins.
     *
     * @template {object} P
     * @param {Omit<import("./frame.js").Framed<M, P>, "reset"> & {
     *   panels: import("../core/panels.js").Panel<M, any>[], onChange?: () => void }} own `onChange` is
     *   called after any change of the state.
     */
    begin({ panels: own, onChange, ...framed }) {
      const frame = createFrame({
        ...framed,
        ...{ name, store, notices, undo, reset, open, renew },
        limits: catalog.limits,
        address: address.now,
        again: resources.again,
      });
      panels = createPanels(model, [
        ...(framed.scenes?.panels ?? []),
        frame.header,
        ...own,
        ...frame.panels,
      ]);
      function changed() {
        onChange?.();
        panels.changed();
      }
      store.subscribe(changed);
      frame.begin();
      resources.begin();
      changed();
      address.flush();
      tellProblems(opened.problems);
    },
  };
}
