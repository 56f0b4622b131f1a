// A scene as panels: what the document says of it, the question and what can be done, and what is
// read aloud as it goes on.

import { h } from "../core/dom.js";
import { localize, t } from "../i18n/i18n.js";
import { html, nothing, render } from "../vendor/lit-html/lit-html.js";
import { predictions } from "./answers.js";
import { crossMoved } from "./cross.js";
import { head, side } from "./parts.js";
import { isHidden } from "./phases.js";
import { resultOf } from "./result.js";
import { askedNow, sceneOf } from "./scene.js";
import { createWarming } from "./warming.js";

/**
 * @typedef {import("./types.js").Stage} Stage
 * @typedef {import("./types.js").Model} Model
 * @typedef {import("./types.js").Place} Place
 * @typedef {import("./phases.js").Prediction} Prediction
 *
 * What the section is shown for; `fields` of the state stand beside it by their names.
 * @typedef {{ id: string, scene: import("./types.js").Scenario | null,
 *   phase: import("./phases.js").Phase, answer: Prediction, isOver: boolean, isOther: boolean,
 *   isCalm: boolean, end: string, language: string | null, [field: string]: any }} Props
 */

/**
 * @param {object} page
 * @param {Stage} page.stage
 * @param {any} page.actions
 * @param {(model: Model) => boolean} page.isOther
 * @param {(model: Model) => import("./around.js").Around} page.around What comes before and after.
 */
export function createScenePanels({ stage, actions, isOther, around }) {
  const { catalog, store, model } = stage;
  const { scenarios } = catalog;
  const section = /** @type {HTMLElement} */ (document.getElementById("scene"));
  const top = h("div", { class: "scene-head" });
  const answering = h("div", { class: "scene-doing" });
  const hall = h("div", { class: "scene-hall" });
  const aside = h("div", { class: "scene-side" }, answering, hall);
  const said = h("p", { id: "scene-said", class: "for-screen-readers", role: "status" });
  section.replaceChildren(top, aside, said);
  const warming = createWarming(stage.name);
  const placeText = stage.placeText ?? String;

  /** @param {KeyboardEvent} event */
  function moveCross(event) {
    const view = stage.seen?.(model());
    if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
    const { answer } = store.get();
    const place = crossMoved(event, answer, view);
    if (!place) return;
    event.preventDefault();
    actions.predict(place);
    // Put down by Enter, it is meant.
    if (event.key === "Enter" && Array.isArray(answer)) {
      document.getElementById("scene-play")?.focus();
    }
  }

  /** @param {Model} now */
  function endNow(now) {
    const asked = askedNow(now);
    if (asked?.answers.kind !== "tap" || !stage.endOf) return null;
    return stage.endOf(now, asked.answers);
  }

  /** What came of the prediction; null while it is hidden or plays. @param {Props} props */
  function resultNow({ scene, answer, isOver, end }) {
    const asked = askedNow(model());
    if (!scene || !asked || isHidden(store.get()) || !isOver) return null;
    return resultOf(asked.answers, answer, end ? JSON.parse(end) : null, placeText);
  }

  /** @param {Model} now @returns {Props | null} */
  function select(now) {
    const { state } = now;
    if (state.scene === null) return null;
    const over = !isHidden(state) && stage.isOver(now);
    const end = over ? endNow(now) : null;
    return {
      ...Object.fromEntries(stage.fields.map((name) => [name, state[name]])),
      id: state.scene,
      scene: sceneOf(now),
      phase: state.phase,
      answer: state.answer,
      isOver: over,
      isOther: isOther(now),
      isCalm: warming.isCalm(now),
      around: around(now),
      end: end ? JSON.stringify(end) : "",
      language: state.language,
      theme: state.theme,
      large: state.large,
    };
  }

  /** @param {Props} props */
  function showHead(props) {
    const { id, scene } = props;
    const listed = scenarios.find((one) => one.id === id);
    if (!listed) return;
    const question = askedNow(model())?.question ?? scene?.question ?? listed.question;
    render(
      head({
        listed,
        question,
        around: around(model()),
        isAhead: (to) => props.isCalm && warming.isAhead(to),
        state: store.get(),
        go: actions.go,
        laboratory: actions.laboratory,
      }),
      top,
    );
  }

  /** @param {Props} props */
  function showSide(props) {
    const { id, scene, phase, answer, isOver } = props;
    const now = model();
    const asked = askedNow(now);
    if (scene === null || asked === null) return render(nothing, answering);
    const hidden = isHidden(now.state);
    return render(
      side({
        scene,
        phase,
        isHidden: hidden,
        isOver,
        isOther: props.isOther,
        canPlay: answer !== null,
        hasNext: around(now).next !== null,
        predicting: predictions({
          answers: asked.answers,
          answer,
          isOpen: hidden,
          isTold: !hidden && isOver,
          identity: `${id} ${asked.address}`,
          predict: actions.predict,
          moveCross,
          placeText,
        }),
        result: resultNow(props),
        controls: scene.controls.map((name) => stage.control(name, now)),
        on: actions,
      }),
      answering,
    );
  }

  /** What has changed for those who do not see it. @param {Props} props */
  function tell(props) {
    const { scene, phase, isOver } = props;
    const question = askedNow(model())?.question;
    if (!scene || !question) return;
    const result = resultNow(props);
    const words = isHidden(store.get())
      ? [localize(question)]
      : phase === "why"
        ? [localize(scene.why)]
        : isOver && result
          ? [
              ...(result.word === "none" ? [] : [t(`scene.verdict.${result.word}`)]),
              ...result.lines,
            ]
          : [localize(scene.watch)];
    const text = words.join(" ");
    if (said.textContent !== text) said.textContent = text;
  }

  /** @type {import("../core/panels.js").Panel<any, any>[]} */
  const panels = [
    {
      select: (/** @type {Model} */ now) => ({
        scene: now.state.scene,
        phase: now.state.phase,
        hidden: isHidden(now.state),
        changed: now.state.scene !== null && isOther(now),
      }),
      show({ scene, phase, hidden, changed }) {
        const { dataset } = document.body;
        section.hidden = scene === null;
        const said =
          scene === null ? {} : { scene, phase, hidden: String(hidden), changed: String(changed) };
        for (const name of ["scene", "phase", "hidden", "changed"]) delete dataset[name];
        Object.assign(dataset, said);
      },
    },
    {
      select,
      show(/** @type {Props} */ props) {
        showHead(props);
        showSide(props);
        tell(props);
        if (props.isCalm) warming.warm(around(model()));
      },
    },
  ];

  return {
    panels,
    hall,
    /** Says that an answer is wanted first; the keyboard stays where it is. */
    remind() {
      said.textContent = t("scene.first_answer");
      const { classList } = answering;
      classList.remove("wanted");
      // Once more from the beginning, each time.
      requestAnimationFrame(() => classList.add("wanted"));
    },
  };
}

/** In the laboratory: the way back to the scene whose controls were all wanted.
 * @param {import("./types.js").Listed[]} scenarios @param {string | null} origin @param {() => void} back */
export function wayBack(scenarios, origin, back) {
  const found = scenarios.find(({ id }) => id === origin);
  if (!found) return nothing;
  return html`<button type="button" class="text-button" id="scene-back" @click=${back}
    title=${t("scene.back_help")}>← ${localize(found.title)}</button>`;
}
