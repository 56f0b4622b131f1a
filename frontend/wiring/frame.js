// What stands round the panels of a page: its header and keys, what it has for a projector, and notices
// of what could not be answered.

import { element } from "../core/dom.js";
import { createPresenter } from "../presenter/presenter.js";
import { undoKeys } from "../shell/changes.js";
import { copyAddress } from "../shell/copy_link.js";
import { createHeader } from "../shell/header.js";
import { createKeys } from "../shell/keys.js";
import { createAnswerNotices } from "../shell/notices.js";

/**
 * What a page puts into its frame.
 *
 * @template M
 * @template {object} P
 * @typedef {object} Framed
 * @property {import("../shell/keys.js").Key[]} keys All but those of «undo».
 * @property {import("../shell/header.js").Own<M, P>} header
 * @property {() => void} reset Puts all settings back.
 * @property {import("../scenes/scenes.js").Scenes} [scenes] Where it shows some.
 * @property {(name: string, error: unknown) => boolean} [isTold] Whether a control says why a resource
 *   was refused.
 */

/**
 * @template {{ state: Readonly<import("../shell/fields.js").Appearance>,
 *   answers: import("../core/resources.js").Answers }} M
 * @template {object} P
 * @param {Framed<M, P> & {
 *   name: string,
 *   store: import("../core/store.js").Store<any>,
 *   notices: import("../shell/notices.js").Notices,
 *   limits: { points?: number },
 *   undo: import("../shell/changes.js").Undo,
 *   address: () => string,
 *   open: (href: string) => void,
 *   renew: () => void,
 *   again: (name: string) => void,
 * }} page `address` is that of the present state, `open` puts one into the state, `renew` shows everything
 *   anew, and `again` asks once more for what was refused.
 */
export function createFrame({ name, store, notices, limits, undo, address, ...page }) {
  const { open, renew, again, header, reset, scenes, isTold } = page;
  const keys = createKeys([...page.keys, ...undoKeys(undo)]);
  const presenter = createPresenter({
    ...{ page: name, store, keys, notices, address, open, renew },
    words: scenes?.words,
  });
  return {
    keys,
    header: createHeader(element("header"), {
      ...header,
      ...{ page: name, store, undo, reset, keys },
      copyLink: () => copyAddress(address(), notices),
      presenter: { ...presenter.buttons, openHall: scenes?.openHall },
    }),
    /** The others, after the page's own. */
    panels: [...presenter.panels, createAnswerNotices(notices, { limits, isTold, again })],
    /** Begins, once the page is there. */
    begin: presenter.begin,
  };
}
