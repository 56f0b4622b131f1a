// Before anything is drawn: the reader's language, theme and size of type, as the address and the
// browser say. And where the page's code or styles do not come, they are asked for again.

{
  const root = document.documentElement;
  const asked = new URLSearchParams(location.hash.slice(1));
  /** @param {...(string | null)} words */
  const known = (...words) => words.find((word) => word === "en" || word === "ru");
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = asked.get("theme");

  root.lang =
    known(asked.get("lang")) ?? known(...navigator.languages.map((tag) => tag.slice(0, 2))) ?? "en";
  root.dataset.theme = theme === "light" || theme === "dark" ? theme : isDark ? "dark" : "light";
  if (asked.get("large") === "1") root.dataset.large = "";

  // Milliseconds until the page is loaded anew: a class does not come back all at once.
  const LATER = 3000;
  // A server that does not answer would leave nothing of the page.
  const again = () =>
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
      ({ ok }) => (ok ? location.reload() : later()),
      () => later(),
    );
  const later = () => setTimeout(again, LATER * (1 + Math.random()));

  addEventListener(
    "error",
    ({ target }) => {
      if (!(target instanceof Element)) return;
      if (!target.matches("script[type=module], link[rel=stylesheet]")) return;
      if ("failed" in root.dataset) return;
      root.dataset.failed = "";
      later();
    },
    true,
  );
}
