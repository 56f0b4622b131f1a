// The hall on a page: in the column of a scene, in the laboratory on a card of its own. What steers it,
// and what the audience's window shows of it, come when a hall is opened.

import { audienceOf } from "../core/audience.js";
import { h } from "../core/dom.js";
import { kept } from "../core/keeping.js";
import { onceShown } from "../core/showing.js";
import { t } from "../i18n/i18n.js";
import { iconButton } from "../shell/icons.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";

/**
 * @typedef {import("./session.js").Hall} Hall
 * @typedef {{ scene: string | null, phase: string, hall: Hall | null, language: string | null,
 *   opening: "" | "opening" | "failed", result: string, land: string }} Props `result` and `land` as
 *   JSON, so that equal ones are the same.
 * @typedef {{ show(props: Props): void, open?: () => Promise<void> }} View
 */

const KEPT = "hall";

/**
 * @param {object} page
 * @param {import("./session.js").Store} page.store
 * @param {HTMLElement} page.home Where it stands in a scene.
 * @param {(model: any) => import("../api/answers.js").HallAnswer | null} page.resultOf What came out on
 *   the page, where no declaration knows it: where a path ended.
 * @param {(model: any) => import("./taps.js").Land | null} page.landOf What can be tapped on.
 */
export function createHall({ store, home, resultOf, landOf }) {
  const isAudience = audienceOf() !== null;
  const section = h("section", { id: "hall", class: "hall", hidden: true });
  const dock = h("aside", { id: "hall-dock", class: "hall-dock card", hidden: true });
  const away = h("div", { class: "hall-away" });
  document.body.append(dock);
  /** @type {Promise<View> | null} */
  let coming = null;
  /** @type {View | null} */
  let view = null;
  /** @type {Props | null} */
  let last = null;

  async function load() {
    coming ??= isAudience
      ? import("./audience.js").then(({ createAudienceView }) => createAudienceView(section))
      : import("./panel.js").then(({ createHallView }) => createHallView(section, store));
    try {
      view = await coming;
    } catch (error) {
      coming = null;
      throw error;
    }
    if (last) show(last);
    return view;
  }

  async function open() {
    if (store.get().hallOpening === "opening") return;
    store.update({ hallOpening: "opening", hallShown: true });
    try {
      await (await load()).open?.();
      store.update({ hallOpening: "" });
      section.scrollIntoView({ block: "nearest" });
    } catch {
      store.update({ hallOpening: "failed" });
    }
  }

  const opener = (/** @type {Props["opening"]} */ opening) => html`<button type="button"
      id="hall-open" class="text-button" @click=${open}>${t(opening === "opening" ? "hall.opening" : "hall.ask")}</button>
    ${opening === "failed" ? html`<p role="alert">${t("hall.failed")}</p>` : nothing}`;

  /** @param {Props} props */
  function place({ scene }) {
    const at = scene ? home : dock;
    if (section.parentElement !== at) at.append(section);
    section.hidden = false;
    dock.hidden = at === home;
    dock.setAttribute("aria-label", t("hall.title"));
    if (isAudience) return;
    const hide = () => store.update({ hallShown: false });
    render(
      iconButton({ name: "close", label: t("presenter.hide"), id: "hall-hide", onclick: hide }),
      away,
    );
    if (away.parentElement !== dock) dock.prepend(away);
  }

  /** @param {Props} props */
  function show(props) {
    last = props;
    place(props);
    if (props.hall === null) render(opener(props.opening), section);
    else if (view) view.show(props);
    else load().catch(() => {});
  }

  // What the tab keeps is known once the page is shown.
  onceShown(() => {
    if (isAudience || kept(KEPT) === null) return;
    // By then the page is whole.
    load().then(
      () => store.update({ hallShown: true }),
      () => {},
    );
  });

  return {
    /** What the key and the button of the header do. */
    toggle() {
      const { hall, scene, hallShown } = store.get();
      if (!hall) open();
      else if (!scene) store.update({ hallShown: !hallShown });
    },
    /** @type {import("../core/panels.js").Panel<any, Props>} */
    panel: {
      select(model) {
        const { state } = model;
        const hall = state.hall ?? null;
        const scene = state.scene ?? null;
        const opening = state.hallOpening ?? "";
        if (isAudience ? hall === null : !scene && !state.hallShown) return null;
        return {
          ...{ scene, hall, opening },
          phase: state.phase ?? "question",
          language: state.language ?? null,
          result: JSON.stringify(resultOf(model)),
          land: JSON.stringify(landOf(model)),
        };
      },
      show,
      hide() {
        last = null;
        section.hidden = true;
        dock.hidden = true;
      },
    },
  };
}
