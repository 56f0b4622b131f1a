// A page may be made ready before anybody goes to it (speculation rules). Until it is shown it says
// nothing to other windows, and has only a copy of what its tab keeps.

/** Whether this page is made ready ahead. */
export const isAhead = () =>
  Boolean(
    /** @type {{ prerendering?: boolean } | undefined} */ (globalThis.document)?.prerendering,
  );

/** Does what waits until the page is shown: at once where it is. @param {() => void} work */
export function onceShown(work) {
  if (isAhead()) document.addEventListener("prerenderingchange", work, { once: true });
  else work();
}
