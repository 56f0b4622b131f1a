// The whole screen for a page. Only what somebody does lets a browser give it, and another page of a
// lecture begins without: it is asked for again with the next key or click.

const DOINGS = /** @type {const} */ (["keydown", "click"]);

/** @param {() => void} onLeft Called when somebody leaves it, as by Escape. */
export function createFullScreen(onLeft) {
  let isWanted = false;
  let isLeaving = false;

  function ask() {
    if (!isWanted || document.fullscreenElement) return;
    if (navigator.userActivation?.isActive === false) return;
    // A browser may refuse, as in a frame: then the page is large in its window.
    document.documentElement.requestFullscreen?.().catch(() => {});
    for (const one of DOINGS) removeEventListener(one, ask);
  }

  // Whoever goes to another page leaves the screen, and not the mode.
  addEventListener("beforeunload", () => {
    isLeaving = true;
  });
  // Whoever does something here has not gone: a download is no other page.
  for (const one of /** @type {const} */ (["pageshow", ...DOINGS])) {
    addEventListener(one, () => (isLeaving = false), true);
  }
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && !isLeaving) onLeft();
  });

  return {
    /** @param {boolean} on */
    turn(on) {
      isWanted = on;
      if (!on) {
        if (document.fullscreenElement) document.exitFullscreen();
        return;
      }
      // After the page's own keys: the one that ends the mode asks for nothing.
      for (const one of DOINGS) addEventListener(one, ask);
      ask();
    },
  };
}
