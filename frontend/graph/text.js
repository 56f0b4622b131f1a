// How wide a text will be, before it is drawn.

export function writer() {
  const context = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  /** @param {string} text @param {number} size In px. */
  return (text, size, weight = 400) => {
    if (!context) return 0.6 * size * text.length;
    context.font = `${weight} ${size}px ${family}`;
    return context.measureText(text).width;
  };
}
