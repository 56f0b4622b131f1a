// A student's page that follows the lecturer's: scene and step, until a knob is turned.

import { ApiError, asked } from "../api/api.js";
import { at } from "../api/root.js";
import { h } from "../core/dom.js";
import { keep, kept, letGo } from "../core/keeping.js";
import { onceShown } from "../core/showing.js";
import { t } from "../i18n/i18n.js";
import { hasSteps } from "./place.js";

/** Milliseconds until a broken connection is tried again, on the average: not by all phones at once. */
const LATER = 3000;
const PAGE = "following";
/** What turns a knob; links that lead away and the bar itself do not. */
const KNOBS = "main input, main select, main button, main summary, #player button, #player input";

/**
 * Follows the hall that the page's address names in `?follow=`; does nothing where it names none.
 *
 * @param {object} page
 * @param {{ get(): any, subscribe(listener: (state: any, changed: Set<string>) => void): any }} page.store
 * @param {(id: string) => boolean} [page.open] Opens another scene live; answers whether it can.
 * @param {() => boolean} [page.isTransfer] Whether it shows a scene's second question.
 * @param {(id: string, isWanted: () => boolean) => Promise<void>} [page.transfer] Shows the second
 *   question of its scene, unless it is no more wanted by then.
 * @param {(step: number) => void} page.seek Where the page has steps.
 * @param {() => void} page.reveal Shows what was asked, where it has none.
 */
export const createFollowing = (page) => onceShown(() => follow(page));

/** @param {Parameters<typeof createFollowing>[0]} page */
function follow({ store, open, isTransfer = () => false, transfer, seek, reveal }) {
  const hall = new URLSearchParams(location.search).get("follow") ?? kept(PAGE) ?? "";
  if (!/^[a-z0-9]+$/i.test(hall)) return;
  const sceneAt = (/** @type {string} */ id) => at(`scene/${id}?follow=${hall}`);
  let isAlone = false;
  let isMoving = false;
  /** @type {{ scene: string | null, step: number, transfer: boolean } | null} */
  let place = null;
  const words = h("span", {});
  const again = h("button", { type: "button", class: "text-button", onclick: () => be(false) });
  const bar = h("div", { class: "following", role: "status" }, words, again);
  document.body.append(bar);

  function show() {
    bar.dataset.alone = String(isAlone);
    words.textContent = t(isAlone ? "hall.alone" : "hall.following");
    again.textContent = t("hall.follow_again");
    again.hidden = !isAlone;
  }

  /** @param {boolean} alone */
  function be(alone) {
    isAlone = alone;
    // A scene that is opened live has an address without the hall.
    keep(PAGE, alone ? "" : hall);
    show();
    if (!alone) go();
  }

  function go() {
    if (isAlone || place === null || place.scene === null) return;
    isMoving = true;
    const state = store.get();
    if (place.scene !== state.scene) {
      if (!open?.(place.scene)) location.assign(sceneAt(place.scene));
      else if (store.get().scene === place.scene) go();
    } else if (place.transfer !== isTransfer()) turn(place.scene);
    else if (!hasSteps(state)) {
      if (place.step > 0) reveal();
    } else if (place.step !== state.clock.step) seek(place.step);
    isMoving = false;
  }

  // From a scene's question to its second one and back.
  /** @param {string} scene */
  function turn(scene) {
    const isLater = place?.transfer ?? false;
    if (!isLater && isTransfer()) {
      if (open?.(scene) && !isTransfer()) go();
    } else if (isLater && !isTransfer()) {
      // By then somebody may be on their own, and the lecturer elsewhere.
      const isWanted = () => !isAlone && place?.scene === scene && place.transfer;
      transfer?.(scene, isWanted).then(go, () => {});
    }
  }

  function listen() {
    const events = new EventSource(at(`api/v1/halls/${hall}/events?counts=false`));
    events.addEventListener("place", (event) => {
      place = JSON.parse(/** @type {MessageEvent} */ (event).data);
      go();
    });
    events.addEventListener("end", () => events.close());
    events.onerror = () => {
      events.close();
      setTimeout(listenAgain, LATER * (0.5 + Math.random()));
    };
  }

  // A hall that is no more closes the connection as well: who asks is told which it is.
  async function listenAgain() {
    try {
      await asked(`halls/${hall}`);
      listen();
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) return listen();
      isAlone = true;
      letGo(PAGE);
      bar.remove();
    }
  }

  const turned = (/** @type {Event} */ event) => {
    if (isMoving || isAlone || !(event.target instanceof Element)) return;
    if (event.target.closest(KNOBS) && !bar.contains(event.target)) be(true);
  };
  for (const kind of ["input", "change", "click"]) document.addEventListener(kind, turned, true);
  store.subscribe((_, changed) => changed.has("language") && show());
  keep(PAGE, hall);
  show();
  listen();
}
