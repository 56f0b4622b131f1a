// Long work in pieces: between two of them the browser draws, and hears of whoever uses the page.

/** Milliseconds of one piece: together with what else happens in a turn less than the 50 that are felt. */
export const PIECE = 12;

/** The next turn of the page; unlike a timer's, it is not put off. @returns {Promise<void>} */
const next = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Counts how long is worked at a stretch. @param {() => Promise<void>} [turn] */
export function createPieces(turn = next) {
  let worked = 0;
  return {
    /** Does some of the work, then lets others have a turn if that was long enough.
     * @param {() => void} work */
    async after(work) {
      const begun = performance.now();
      work();
      worked += performance.now() - begun;
      if (worked < PIECE) return;
      worked = 0;
      await turn();
    },
  };
}
