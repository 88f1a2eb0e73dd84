// The e-book's own pages in the frame of a device. The frame is sandboxed: nothing in it can run.
const $ = (id) => document.getElementById(id);

export class Ebook {
  constructor(app) {
    this.app = app;
    this.device = "phone"; this.theme = "day"; this.size = 17; this.part = -1; this.revision = -1;
    try { Object.assign(this, JSON.parse(localStorage.getItem("milebook-ebook") || "{}")); } catch { /* as at first */ }
    this.frame = $("ebook");
    this.frame.addEventListener("load", () => this.loaded());
    for (const button of $("device").querySelectorAll("button")) button.addEventListener("click", () => { this.device = button.dataset.device; this.dress(); });
    for (const button of $("theme").querySelectorAll("button")) button.addEventListener("click", () => { this.theme = button.dataset.theme; this.dress(); });
    $("smaller").addEventListener("click", () => { this.size = Math.max(12, this.size - 1); this.dress(); });
    $("larger").addEventListener("click", () => { this.size = Math.min(32, this.size + 1); this.dress(); });
    $("part-back").addEventListener("click", () => this.turn(-1));
    $("part-on").addEventListener("click", () => this.turn(1));
  }

  shown() {
    const { outline, place } = this.app;
    this.dress();
    if (!outline || !outline.toc.length) return;
    const own = outline.toc.find((one) => one.anchor === place.anchor) || outline.toc.filter((one) => one.page <= place.page && this.holds(one, place.anchor)).pop() || outline.toc.filter((one) => one.page <= place.page).pop() || outline.toc[0];
    this.show(own);
  }

  holds(entry, anchor) { // a paragraph's anchor begins with that of its story: mb_ID_p03 in story-ID
    const id = entry.anchor.replace(/^(story|chapter)-/, "");
    return anchor.startsWith(`mb_${id}_`) || anchor.startsWith(`mbc_${id}_`);
  }

  show(entry) {
    this.entry = entry;
    if (this.part !== entry.part || this.revision !== this.app.state.revision) {
      this.keep = this.part === entry.part ? this.frame.contentWindow?.scrollY ?? 0 : -1;
      this.part = entry.part; this.revision = this.app.state.revision;
      this.frame.contentWindow.location.replace(`ebook/${entry.part}`);
    }
    this.frame.title = `E-book: ${entry.title}`;
    const toc = this.app.outline.toc, at = toc.indexOf(entry);
    $("part-back").disabled = at <= 0; $("part-on").disabled = at >= toc.length - 1;
    $("part-back").querySelector("span").textContent = toc[at - 1]?.title ?? "";
    $("part-on").querySelector("span").textContent = toc[at + 1]?.title ?? "";
    this.app.place.part = entry.anchor;
    this.app.current();
  }

  turn(by) {
    const toc = this.app.outline?.toc ?? [], next = toc[toc.indexOf(this.entry) + by];
    if (next) { this.app.place = { anchor: next.anchor, page: next.page }; this.show(next); }
  }

  key(event) { if (event.key === "ArrowRight") this.turn(1); if (event.key === "ArrowLeft") this.turn(-1); }

  loaded() {
    this.dress();
    const page = this.frame.contentDocument, view = this.frame.contentWindow;
    if (!page?.body) return;
    page.documentElement.tabIndex = 0;
    const spot = this.app.place.anchor && page.getElementById(this.app.place.anchor);
    if (this.keep >= 0) view.scrollTo(0, this.keep);
    else if (spot && spot.getBoundingClientRect().top > 200) spot.scrollIntoView({ block: "center" });
    page.addEventListener("click", (event) => {
      const own = event.target.closest?.("[id]");
      if (own && own.id.startsWith("mb")) this.app.place.anchor = own.id;
    });
    page.addEventListener("dblclick", (event) => { const own = event.target.closest?.("[id]"); if (own) this.app.open({ anchor: own.id }); });
    document.body.dataset.read = String(this.revision);
  }

  dress() {
    $("frame").className = `device ${this.device}`;
    $("size").textContent = this.size;
    for (const button of $("device").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.device === this.device));
    for (const button of $("theme").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.theme === this.theme));
    const page = this.frame.contentDocument?.documentElement;
    if (page) page.className = `${this.theme} size-${this.size}`;
    try { localStorage.setItem("milebook-ebook", JSON.stringify({ device: this.device, theme: this.theme, size: this.size })); } catch { /* private windows */ }
  }

  changed() { if (this.app.view === "ebook") this.shown(); }
}
