"""What axe, the checker of accessibility, finds wrong with a page."""

from pathlib import Path

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
# What is wrong, where, and why: as short as a failing test can be read.
RUN = """async (within) => {
  const { violations } = await axe.run(within ?? document, { resultTypes: ["violations"] });
  return violations.map(({ id, impact, nodes }) => [impact, id,
    nodes.map(({ target, any, all }) =>
      [target.join(" "), [...any, ...all].map((one) => one.message)])]);
}"""


def serious(page, within=None):
    """What axe calls serious or critical on the page as it stands, or in a part of it."""
    if not page.evaluate("'axe' in window"):
        # As text, since the page's policy lets no other script in.
        page.evaluate(AXE.read_text())
    return [one for one in page.evaluate(RUN, within) if one[0] in SERIOUS]
