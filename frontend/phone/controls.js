// What an answer is given with: buttons, a slider beside a field, a landscape that is tapped. Written
// for browsers of 2018: no `?.`, no `??`.
{
  const landscapeOn = /** @type {any} */ (window).phoneLandscape;

  /** @param {string} tag @param {Record<string, any>} properties @param {...any} children */
  function h(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  /** @param {any} told */
  function choices({ asked, words, isOpen, answer, result, choose }) {
    const { options } = asked;
    return options.map((/** @type {any} */ option, /** @type {number} */ index) => {
      const isRight = result === index;
      const button = h("button", { type: "button", disabled: !isOpen }, words(option));
      if (isRight) {
        button.className = "right";
        button.append(" ✓");
      }
      button.setAttribute("aria-pressed", String(answer === index));
      button.onclick = () => choose(index);
      return button;
    });
  }

  /** @param {any} told */
  function quantity({ asked, words, say, isOpen, answer, choose, wrong }) {
    const { low, high, scale, unit } = asked;
    const isLog = scale === "log" && low > 0;
    const [from, to] = isLog ? [Math.log(low), Math.log(high)] : [low, high];
    const rounded = (/** @type {number} */ value) =>
      Math.min(high, Math.max(low, Number(value.toPrecision(high >= 1000 ? 4 : 3))));
    const place = (/** @type {number} */ value) =>
      (((isLog ? Math.log(value) : value) - from) / (to - from)) * 1000;
    const start = answer === null ? null : answer;
    const slider = h("input", { type: "range", min: 0, max: 1000, step: 1, disabled: !isOpen });
    slider.value = start === null ? "500" : String(place(start));
    const field = h("input", { type: "number", step: "any", min: low, max: high });
    field.disabled = !isOpen;
    field.value = start === null ? "" : String(start);
    slider.setAttribute("aria-label", say("answer"));
    field.setAttribute("aria-label", `${say("answer")} ${words(unit)}`.trim());
    const slid = () => {
      const value = from + ((to - from) * Number(slider.value)) / 1000;
      field.value = String(rounded(isLog ? Math.exp(value) : value));
    };
    slider.oninput = slid;
    field.oninput = () => {
      if (field.value !== "") slider.value = String(place(Number(field.value)));
    };
    const send = h("button", { type: "button", className: "send", disabled: !isOpen }, say("send"));
    send.onclick = () => {
      if (field.value === "") slid();
      const value = Number(field.value);
      if (value >= low && value <= high) choose(value);
      else wrong();
    };
    return [slider, h("label", {}, field, h("span", {}, ` ${words(unit)}`)), send];
  }

  /** @param {any} told */
  function tap({ landscape, root, say, isOpen, choose, drawn, landscapeNow }) {
    const canvas = /** @type {HTMLCanvasElement} */ (h("canvas", { id: "landscape" }));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", say("tap"));
    const sliders = ["x", "y"].map((axis) => {
      const slider = h("input", { type: "range", min: 0, max: 1000, value: 500 });
      slider.disabled = !isOpen;
      slider.setAttribute("aria-label", axis);
      slider.onchange = () => {
        const [u, v] = sliders.map((one) => Number(one.value) / 1000);
        if (landscapeNow()) choose(landscapeNow().at(u, 1 - v));
      };
      return slider;
    });
    canvas.onclick = (event) => {
      if (!landscapeNow() || !isOpen) return;
      const box = canvas.getBoundingClientRect();
      const u = (event.clientX - box.left) / box.width;
      const v = (event.clientY - box.top) / box.height;
      [u, 1 - v].forEach((share, axis) => {
        sliders[axis].value = String(1000 * share);
      });
      choose(landscapeNow().at(u, v));
    };
    landscapeOn(canvas, root, landscape).then(drawn, () => drawn(null));
    const rows = sliders.map((slider, axis) => h("label", {}, h("span", {}, "xy"[axis]), slider));
    return [canvas, ...rows];
  }

  Object.assign(window, { phoneElement: h, phoneControls: { choices, number: quantity, tap } });
}
