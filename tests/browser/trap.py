"""Detect, in a real browser, that a page ran or tried to run something that it should not."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

# Runs before any script of the page, and records what a payload calls, what the content security
# policy blocked, and changes to the page that could run something.
SCRIPT = """
(() => {
  const caught = (kind) => (...what) => { sprung(kind + ": " + what.map(String).join(" ")); };
  for (const name of ["alert", "confirm", "prompt", "print", "open", "trap"]) {
    window[name] = caught(name);
  }
  addEventListener("securitypolicyviolation", (event) => {
    sprung(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
})();
"""
# Elements that no page of ours has.
FOREIGN = """() => [...document.querySelectorAll("*")].flatMap((node) => {
  const found = [...node.attributes]
    .filter((a) => /^on/i.test(a.name) || a.name === "style" || a.name === "srcdoc"
      || (/^(href|src|action|formaction|xlink:href|data)$/i.test(a.name)
          && /^[\\s\\u0000-\\u0020]*(javascript|vbscript|data:text)/i.test(a.value)))
    .map((a) => `${node.tagName} ${a.name}=${a.value}`);
  const strange = /^(iframe|object|embed|base|math|applet|portal|frameset|marquee)$/i;
  if (strange.test(node.tagName)) found.push(node.tagName);
  // Data does not run.
  const isData = /^application[/](ld[+])?json$/.test(node.type);
  if (node.tagName === "SCRIPT" && !node.src && !isData) found.push("script in line");
  return found;
})"""


class Trap:
    """What the trap recorded in the pages of one browser context of the site at `home`."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.home = home
        self.sprung: list[str] = []
        context.expose_function("sprung", lambda what: self.sprung.append(what))
        context.add_init_script(SCRIPT)
        context.on("dialog", self._dialog)
        context.on("request", self._request)

    def look(self, page: Page) -> None:
        """Fail if something ran, tried to, left the site, or could run when touched."""
        page.evaluate("() => new Promise((done) => setTimeout(done))")
        assert self.sprung == [], page.url[:200]
        assert page.evaluate(FOREIGN) == [], page.url[:200]
        assert page.url.startswith(self.home)

    def _dialog(self, dialog: Any) -> None:
        self.sprung.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if not request.url.startswith((f"{self.home}/", "data:image/", "blob:")):
            self.sprung.append(f"request: {request.url}")
