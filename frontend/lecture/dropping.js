// A file that is dropped anywhere on the page.

/** @param {(file: File) => void} take */
export function takeDropped(take) {
  const { dataset } = document.body;
  /** @param {DragEvent} event */
  const hasFile = ({ dataTransfer }) => dataTransfer?.types.includes("Files") ?? false;
  addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    dataset.dragged = "";
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) delete dataset.dragged;
  });
  addEventListener("drop", (event) => {
    delete dataset.dragged;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    take(file);
  });
}
