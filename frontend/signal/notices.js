// One notice for each answer that was refused or is waited for, closed by its success.

import { explain } from "../shell/notices.js";

const kindOf = (name) =>
  ({ signal: "measure", look: "look", training: "training" })[name.split(".")[0]];

export function createAnswerNotices(notices, { limits }) {
  return {
    select: ({ answers }) => ({ ...answers }),
    show(answers) {
      const kinds = new Map();
      for (const [name, answer] of Object.entries(answers)) {
        const kind = kindOf(name);
        if (answer.status === "refused" || answer.status === "waiting" || !kinds.has(kind)) {
          kinds.set(kind, answer);
        }
      }
      for (const [kind, { status, error }] of kinds) {
        if (status === "waiting") notices.wait(kind, explain(error));
        else if (status === "refused") notices.show(kind, explain(error, limits), { error: true });
        // One that is asked again waits still.
        else if (status !== "asking" || error === null) notices.close(kind);
      }
    },
  };
}
