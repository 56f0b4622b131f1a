// The lecture on a projector: a page for the back row, a dot, a dark screen, and a second window for
// the audience that follows this one.

import { audienceName, audienceOf } from "../core/audience.js";
import { keep, kept } from "../core/keeping.js";
import { onceShown } from "../core/showing.js";
import { toldOf } from "../hall/told.js";
import { t } from "../i18n/i18n.js";
import { began, lecture, openChannel } from "./channel.js";
import { createFullScreen } from "./full_screen.js";
import { createPointer } from "./pointer.js";
import { createSpeaker } from "./speaker.js";
import { PRESENTING, presentingOf, STAYS } from "./state.js";

// What of the state goes to the audience as it is: what no address has, and what that of a scene,
// which is short, leaves out.
const TOLD = [
  ...["clock", "phase", "answer", "blank"],
  ...["anatomy", "pieces", "effective", "graph", "view", "lit", "stopped"],
];
/** What of it stays with the tab when it goes to another page. */
const KEPT = "presenting";
const NO_WORDS = () => ({ notes: null, next: null });
/** @type {ReturnType<typeof openChannel>} */
const NOBODY = { say() {} };

/**
 * @typedef {import("./state.js").Presenting & {
 *   readonly clock?: import("../core/clock.js").Time } & Record<string, any>} State
 */

/**
 * @param {object} page
 * @param {string} page.page Its name: what its state holds is no other page's.
 * @param {import("../core/store.js").Store<any>} page.store
 * @param {{ add(keys: import("../shell/keys.js").Key[]): void }} page.keys
 * @param {() => string} page.address The address of the present state, as `#…` where it is this page's.
 * @param {(href: string) => void} page.open Puts an address into the state, or goes to its page.
 * @param {() => void} page.renew Shows everything anew, as type has another size.
 * @param {import("../shell/notices.js").Notices} page.notices
 * @param {Parameters<typeof createSpeaker>[0]["words"]} [page.words] What the speaker is told.
 */
export function createPresenter({
  page,
  store,
  keys,
  address,
  open,
  renew,
  notices,
  words = NO_WORDS,
}) {
  const isAudience = audienceOf() !== null;
  /** Whether what the tab keeps has been looked at. */
  let isBegun = false;
  /** What was last put into the audience's page. @type {string | null} */
  let opened = null;
  const pointer = createPointer((at) => {
    if (store.get().audience !== null) channel.say({ kind: "pointer", at });
  });
  let channel = NOBODY;
  const curtain = document.createElement("div");
  curtain.className = "curtain";
  curtain.id = "curtain";
  curtain.hidden = true;
  curtain.addEventListener("click", () => store.update({ blank: false }));
  document.body.append(curtain);

  /** @param {import("./channel.js").Message} message */
  function heard(message) {
    if (isAudience) follow(message);
    else if (message.kind === "hello") {
      store.update({ audience: began() });
      tell();
      tellHall();
    } else if (message.kind === "bye") store.update({ audience: null });
  }

  /** @param {import("./channel.js").Message} message */
  function follow(message) {
    if (message.kind === "pointer") pointer.show(message.at);
    if (message.kind === "hall") store.update({ hall: message.hall });
    if (message.kind === "who") channel.say({ kind: "hello" });
    if (message.kind !== "scene") return;
    const { address: other, fields } = message;
    if (other !== opened) {
      opened = other;
      open(other);
    }
    // To another page one goes, and is told there.
    if (fields.page !== page) return;
    const state = store.get();
    const known = Object.entries(fields).filter(([name]) => name in state);
    const run = state.runs?.[/** @type {number} */ (fields.run)];
    store.update({
      ...Object.fromEntries(known),
      // Keys of runs are each window's own.
      ...(run ? { selectedRun: run.key } : {}),
      // What a link alone would do, such as begin to play, the speaker does.
      ...("wish" in state ? { wish: null } : {}),
      presenting: true,
    });
  }

  function tell() {
    const state = store.get();
    const fields = Object.fromEntries(
      TOLD.filter((name) => name in state).map((name) => [name, state[name]]),
    );
    // The audience draws each step as it is told, at the speaker's pace.
    fields.page = page;
    const run = state.runs?.findIndex(
      (/** @type {{ key: number }} */ { key }) => key === state.selectedRun,
    );
    if (run >= 0) fields.run = run;
    if (fields.clock) fields.clock = { ...fields.clock, playing: false };
    channel.say({ kind: "scene", address: told, fields });
  }

  const tellHall = () => channel.say({ kind: "hall", hall: toldOf(store.get().hall) });

  let isPlanned = false;
  /** The address as it was told last. */
  let told = "";
  /** @param {Readonly<State>} state @param {Set<string>} changed */
  function changed(state, changed) {
    if (changed.has("presenting")) present(state.presenting);
    if (changed.has("blank")) curtain.hidden = !state.blank;
    if (changed.has("laser")) pointer.turn(state.laser);
    if (isAudience) return;
    if (isBegun && STAYS.some((name) => changed.has(name))) {
      keep(KEPT, JSON.stringify(Object.fromEntries(STAYS.map((name) => [name, state[name]]))));
    }
    if (state.audience === null) return;
    if (changed.has("hall")) tellHall();
    // A step that is played changes no address.
    if ([...changed].some((name) => !TOLD.includes(name)))
      told = new URL(address(), location.href).href;
    if (isPlanned) return;
    isPlanned = true;
    queueMicrotask(() => {
      isPlanned = false;
      tell();
    });
  }

  /** @param {boolean} on */
  function present(on) {
    document.documentElement.toggleAttribute("data-presenting", on);
    renew();
    if (!isAudience) fullScreen.turn(on);
  }

  function openAudience() {
    store.update({ strip: true });
    const opening = window.open(
      location.href,
      audienceName(lecture()),
      "popup,width=1366,height=768",
    );
    if (opening === null) notices.show("audience", t("presenter.blocked"), { error: true });
  }

  /** @param {string} name */
  const toggle = (name) => () => store.update((state) => ({ [name]: !state[name] }));
  /** @type {import("../shell/keys.js").Key[]} */
  const own = [
    { group: "keys.presenter", keys: ["p"], says: "keys.present", run: toggle("presenting") },
    { group: "keys.presenter", keys: ["b"], says: "keys.blank", run: toggle("blank") },
    { group: "keys.presenter", keys: ["l"], says: "keys.laser", run: toggle("laser") },
    { group: "keys.presenter", keys: ["w"], says: "keys.audience", run: openAudience },
  ];
  if (!isAudience) keys.add(own);
  const fullScreen = createFullScreen(() => !isAudience && store.update({ presenting: false }));
  store.subscribe(changed);

  return {
    panels: isAudience ? [] : [createSpeaker({ store, words })],
    /** Begins, once the page is there. */
    begin() {
      store.update({ ...PRESENTING, presenting: isAudience });
      if (isAudience) {
        document.documentElement.dataset.audience = "";
        addEventListener("pagehide", () => channel.say({ kind: "bye" }));
      }
      onceShown(() => {
        // The lecture goes on from page to page as it looked.
        isBegun = true;
        if (!isAudience) store.update(presentingOf(kept(KEPT)));
        channel = openChannel(heard);
        channel.say({ kind: isAudience ? "hello" : "who" });
      });
    },
    /** What the header's buttons do. */
    buttons: { present: toggle("presenting"), openAudience },
  };
}
