// How a course comes in: by the page's address, from a file that is picked or dropped, from a link that
// is pasted; and how it goes out, as a file or a link.

import { at, ROOT } from "../api/root.js";
import { addressOf, LIMITS, readCourse, writeCourse } from "../core/course_file.js";
import { t } from "../i18n/i18n.js";
import { added, isEmpty, replaced, written } from "./editing.js";
import { packed, textOf, unpacked } from "./packing.js";

/** @typedef {import("../core/course_file.js").Problem} Problem */
/** @typedef {import("./state.js").State} State */

/** Of the notice. */
const KIND = "course";
/** Problems that are told at once. */
const MOST = 4;

/** @param {Problem} problem */
function told({ kind, item, field, said = "", most = 0 }) {
  const what = t(`course.wrong.${kind}`, { said, most, root: ROOT });
  if (item === undefined) return what;
  const where = field ? t("course.where_field", { item, field }) : t("course.where", { item });
  return `${where}: ${what}`;
}

/** The file that an address names: of this server alone. @param {string} address */
async function fetched(address) {
  const url = new URL(at(address));
  if (url.origin !== new URL(ROOT).origin) return null;
  const answer = await fetch(url).catch(() => null);
  return answer?.ok && answer.body ? textOf(answer.body) : null;
}

/** @param {string} text As the page's address has it. */
const askedText = (text) =>
  text.trimStart().startsWith("{")
    ? text
    : /^[\w./-]+\.json$/.test(text)
      ? fetched(text)
      : unpacked(text);

/**
 * @param {import("../core/store.js").Store<State>} store
 * @param {import("../shell/notices.js").Notices} notices
 */
export function createOpening(store, notices) {
  /** @param {Problem[]} problems */
  function tell(problems) {
    const more = problems.length - MOST;
    const lines = problems.slice(0, MOST).map(told);
    if (more > 0) lines.push(t("course.more", { count: more }));
    notices.show(KIND, `${t("course.refused")} ${lines.join("; ")}`, { error: true });
  }

  /** @param {string | null} text */
  function read(text) {
    const { course, problems } =
      text === null
        ? { course: null, problems: [{ kind: "unreadable", most: LIMITS.file }] }
        : readCourse(text, ROOT);
    if (course === null) tell(problems);
    else notices.close(KIND);
    return course && written(course);
  }

  /** Whether the same stands there already. @param {import("./state.js").Course} course */
  const isHere = (course) => writeCourse(course) === writeCourse(store.get().course);

  return {
    /** The course that the page's address asks for. */
    async asked() {
      const text = store.get().asked;
      if (text === null) return;
      const course = read(await askedText(text));
      if (course === null) store.update({ asked: null });
      else if (isHere(course))
        store.update(({ course: known }) => ({ asked: null, opened: { text, course: known } }));
      else
        store.update((state) => ({
          ...replaced(course)(state),
          asked: null,
          opened: { text, course },
        }));
    },

    /** @param {File | undefined} file */
    async file(file) {
      if (!file) return;
      const course = read(await textOf(file.stream()));
      if (course) store.update((state) => ({ ...replaced(course)(state), writing: true }));
    },

    /** An address that was pasted; answers whether it is one of this product. @param {string} text */
    address(text) {
      const address = addressOf(text, ROOT);
      if (address === null) {
        notices.show(KIND, t("course.wrong.address", { said: text.slice(0, 80), root: ROOT }), {
          error: true,
        });
        return false;
      }
      notices.close(KIND);
      store.update(added(address));
      return true;
    },

    /** Puts the course into the page's address, so that a link has it. */
    async link() {
      const { course } = store.get();
      if (isEmpty(course)) return;
      const text = await packed(writeCourse(course));
      store.update((state) => (state.course === course ? { opened: { text, course } } : {}));
    },

    /** Saves it as a file. */
    save() {
      const { course } = store.get();
      const link = document.createElement("a");
      link.href = URL.createObjectURL(
        new Blob([writeCourse(course)], { type: "application/json" }),
      );
      link.download = `${course.title.trim().replace(/[^\p{L}\p{N}]+/gu, "-") || "course"}.json`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  };
}
