"""Which texts of a page are too faint for people with low vision."""

from playwright.async_api import Page


async def faint_texts(page: Page) -> list[str]:
    """Name texts whose contrast with the nearest painted background is below WCAG AA's 4.5."""
    return list(await page.evaluate(FAINT_TEXTS))


FAINT_TEXTS = """() => {
  const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => rgb(colour).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const painted = at => {
    for (; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!colour.startsWith("rgba(") || rgb(colour)[3] === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const own = at => [...at.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  return [...document.querySelectorAll("body *")].filter(own).filter(at => {
    const [a, b] = [light(getComputedStyle(at).color), light(painted(at))].sort((a, b) => b - a);
    return (a + 0.05) / (b + 0.05) < 4.5;
  }).map(at => at.textContent.trim());
}"""
