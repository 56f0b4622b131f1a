// The windows of a lecture: the speaker's, and the audience's that follows it. The audience's has the
// lecture in its name, which stays with a window from page to page.

const NAME = "steepest-audience-";

/** What the audience's window of a lecture is called. @param {string} lecture */
export const audienceName = (lecture) => NAME + lecture;

/** The lecture that this window is the audience's of; null for the speaker's own window. */
export const audienceOf = () =>
  window.name.startsWith(NAME) ? window.name.slice(NAME.length) : null;
