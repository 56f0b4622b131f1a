// Drawing that takes its time: each panel draws one thing after the other, and of what is wanted
// meanwhile the newest, so that what stands at the end is always the newest.

export function createDrawing(ready) {
  const underWay = new Set();
  return {
    // What has begun to be drawn is there.
    done: () => Promise.all(underWay),
    inTurn(draw) {
      let wish = null;
      let busy = false;
      async function work() {
        await ready;
        while (wish !== null) {
          const [props] = wish;
          wish = null;
          await draw(props);
        }
      }
      return (props) => {
        wish = [props];
        if (busy) return;
        busy = true;
        const drawn = work()
          .catch(reportError)
          .finally(() => {
            busy = false;
            underWay.delete(drawn);
          });
        underWay.add(drawn);
      };
    },
  };
}
