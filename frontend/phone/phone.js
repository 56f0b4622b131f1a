// The page of a phone in the hall: what is asked, one answer a device, changeable until closed.
// A script of its own that loads nothing else. Written for browsers of 2018: no `?.`, no `??`.
{
  /** @type {any} */
  const {
    phoneTexts: texts,
    phoneControls: controls,
    phoneElement: h,
  } = /** @type {any} */ (window);
  const element = (/** @type {string} */ id) =>
    /** @type {HTMLElement} */ (document.getElementById(id));
  const [, place, rest] = /^(.*\/)h\/([^/]*)\/?$/.exec(location.pathname) || [];
  const root = place === undefined ? "./" : place;
  const name = decodeURIComponent(rest || "").toLowerCase();
  const api = `${root}api/v1/halls/${encodeURIComponent(name)}`;
  // Milliseconds: between tries, so that three hundred phones do not come back all at once.
  const later = () => 1500 + Math.random() * 2500;

  const kept = {
    /** @param {string} key @returns {string | null} */
    get(key) {
      try {
        return localStorage.getItem(`steepest.${key}`);
      } catch {
        return null;
      }
    },
    /** @param {string} key @param {string} value */
    set(key, value) {
      try {
        localStorage.setItem(`steepest.${key}`, value);
      } catch {
        // A browser that keeps nothing: the answer counts all the same while the page is open.
      }
    },
  };

  // No person: a number drawn by this browser, so that one phone counts once.
  function deviceOf() {
    const numbers = crypto.getRandomValues(new Uint32Array(4));
    const device = kept.get("device") || Array.from(numbers, (one) => one.toString(36)).join("");
    kept.set("device", device);
    return device;
  }

  const device = deviceOf();
  const wanted = kept.get("language") || (navigator.languages || [navigator.language]).join();
  let language = /\b(ru|en)\b/.exec(wanted.toLowerCase()) ? RegExp.$1 : "en";
  /** @type {any} What the server says of the hall. */
  let hall = null;
  /** @type {{ scene: string | null }} */
  let at = { scene: null };
  /** @type {any} */
  let answer = null;
  /** @type {string} */
  let trouble = "";
  let isSent = false;
  /** @type {any} */
  let landscape = null;
  let drawn = "";

  const say = (/** @type {string} */ key) => texts[language][key];
  const words = (/** @type {any} */ text) => (text ? text[language] || text.en : "");
  const number = (/** @type {number} */ value) =>
    value.toLocaleString(language, { maximumSignificantDigits: 4 });
  const isOpen = () => hall && hall.phase === "open" && !["expired", "full"].includes(trouble);
  const keyOf = () => `answer.${name}.${hall.round}`;

  /** @param {any} value In words. */
  function said(value) {
    const { kind, options, unit } = hall.question.answers;
    if (kind === "choices") return words(options[value]);
    if (kind === "number") return `${number(value)} ${words(unit)}`.trim();
    return `(${number(value[0])}; ${number(value[1])})`;
  }

  const result = () => {
    const { answers } = hall.question;
    return hall.result === null ? answers.right : hall.result;
  };

  function status() {
    const line = element("status");
    line.classList.toggle("bad", trouble !== "");
    if (trouble) line.textContent = say(trouble);
    else if (!hall) line.textContent = "";
    else if (hall.phase === "waiting") line.textContent = say("waiting");
    else if (hall.phase === "open") {
      const key = answer === null ? (hall.question.answers.kind === "tap" ? "tap" : "open") : "";
      line.textContent = say(key || (isSent ? "counted" : "sending"));
    } else {
      const own = answer === null ? say("none") : `${say("shown")} ${said(answer)}.`;
      const came = result();
      line.textContent =
        hall.phase === "closed" || came === undefined || came === null
          ? `${say("closed")} ${own}`
          : `${own} ${say("right")} ${said(came)}.`;
    }
  }

  function mark() {
    if (!landscape || !hall.question || hall.question.answers.kind !== "tap") return;
    const came = hall.phase === "shown" ? result() : null;
    landscape.show([...(answer ? [[...answer, "+"]] : []), ...(came ? [[...came, "o"]] : [])]);
  }

  // What the controls of an answer are told.
  const asked = () => ({
    asked: hall.question.answers,
    landscape: hall.question.landscape,
    isOpen: isOpen(),
    answer,
    result: hall.phase === "shown" ? result() : null,
    root,
    say,
    words,
    choose,
    wrong: () => tell("wrong"),
    /** @param {any} made The landscape, or null where it did not come. */
    drawn(made) {
      landscape = made;
      if (made) mark();
      else if (!trouble) element("status").textContent = say("nothing");
    },
    landscapeNow: () => landscape,
  });

  function show() {
    document.documentElement.lang = language;
    document.title = `${say("title")} — Steepest`;
    const other = language === "en" ? "ru" : "en";
    Object.assign(element("language"), {
      lang: other,
      textContent: other === "ru" ? "Русский" : "English",
    });
    element("name").textContent = name;
    if (!name) return enter();
    if (trouble === "expired") hall = null;
    const question = hall && hall.question;
    element("question").textContent = question ? words(question.text) : say("title");
    // The same question is not built anew under a finger.
    const now = JSON.stringify([language, hall && hall.round, hall && hall.phase, isOpen()]);
    const isChoice = question && question.answers.kind === "choices";
    if (now !== drawn || isChoice) {
      const focused = Array.from(element("answers").children).indexOf(
        /** @type {any} */ (document.activeElement),
      );
      /** @type {Element[]} */
      const made = question ? controls[question.answers.kind](asked()) : [];
      element("answers").textContent = "";
      element("answers").append(...made);
      if (isChoice && focused >= 0 && made[focused]) /** @type {any} */ (made[focused]).focus();
      drawn = now;
    }
    mark();
    status();
    const follow = /** @type {HTMLAnchorElement} */ (element("follow"));
    follow.hidden = !at.scene || trouble === "expired";
    follow.textContent = say("follow");
    follow.href = `${root}scene/${at.scene}?follow=${name}`;
  }

  function enter() {
    element("question").textContent = say("enter");
    const field = h("input", { type: "text", autocapitalize: "none", autocomplete: "off" });
    field.setAttribute("aria-labelledby", "question");
    const go = h("button", { className: "send" }, say("go"));
    const form = h("form", {}, h("label", {}, field), go);
    form.onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const typed = field.value.trim().toLowerCase();
      if (typed) location.href = `${root}h/${encodeURIComponent(typed)}`;
    };
    element("answers").textContent = "";
    element("answers").append(form);
  }

  /** @param {any} said */
  function tell(said) {
    trouble = said;
    show();
  }

  /** @param {any} value */
  function choose(value) {
    if (!isOpen()) return;
    answer = value;
    isSent = false;
    trouble = "";
    kept.set(keyOf(), JSON.stringify(value));
    show();
    send();
  }

  // The last answer is sent until it has been counted, or cannot be.
  let isSending = false;
  async function send() {
    if (isSending || isSent || answer === null || !isOpen()) return;
    isSending = true;
    const sent = answer;
    let again = 0;
    try {
      const told = await fetch(`${api}/answers`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ device, answer: sent }),
      });
      const detail = told.ok ? [] : (await told.json()).detail;
      if (told.ok) {
        isSent = sent === answer;
        trouble = "";
      } else if (told.status === 404) trouble = "expired";
      else if (told.status === 422) trouble = "wrong";
      else if (told.status === 409) await look();
      else if (detail[0].type === "hall_full") trouble = "full";
      else {
        trouble = "busy";
        again = Math.max(later(), 1000 * Number(told.headers.get("retry-after")));
      }
    } catch {
      trouble = "offline";
      again = later();
    }
    isSending = false;
    show();
    if (again) setTimeout(send, again);
    else if (sent !== answer) send();
  }

  /** @param {any} seen */
  function know(seen) {
    const isNew = !hall || hall.round !== seen.round;
    hall = seen;
    if (["offline", "busy"].includes(trouble) || isNew) trouble = "";
    if (isNew) {
      landscape = null;
      const before = hall.question ? kept.get(keyOf()) : null;
      answer = before === null ? null : JSON.parse(before);
      isSent = false;
    }
    show();
    send();
  }

  async function look() {
    try {
      const told = await fetch(api);
      if (told.status === 404) tell("expired");
      else if (!told.ok) tell("busy");
      else {
        const seen = await told.json();
        at = { scene: seen.scene };
        know(seen);
      }
      return told.status;
    } catch {
      tell("offline");
      return 0;
    }
  }

  /** @type {EventSource | null} */
  let events = null;
  async function listen() {
    if (events) events.close();
    if ((await look()) === 404) return;
    events = new EventSource(`${api}/events?counts=false`);
    events.addEventListener("hall", (event) => know(JSON.parse(/** @type {any} */ (event).data)));
    events.addEventListener("place", (event) => {
      at = JSON.parse(/** @type {any} */ (event).data);
      show();
    });
    events.addEventListener("end", () => {
      if (events) events.close();
      tell("expired");
    });
    events.onerror = () => {
      if (events) events.close();
      events = null;
      if (trouble === "") tell("offline");
      setTimeout(listen, later());
    };
  }

  element("language").onclick = () => {
    language = language === "en" ? "ru" : "en";
    kept.set("language", language);
    show();
  };
  // A phone that slept has lost its connection, and may not know.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && name && trouble !== "expired") look();
  });
  matchMedia("(prefers-color-scheme: dark)").addListener(() => mark());
  show();
  if (name) listen();
}
