// True spreads, drawn by milebook; every paragraph knows its line in the source.
const $ = (id) => document.getElementById(id);
const NARROW = matchMedia("(max-width: 760px)");
const FRESH = 8000; // milliseconds that a paragraph just saved is marked

export class Pages {
  constructor(app) {
    this.app = app;
    this.layout = "spread";
    this.boxes = new Map();
    this.fresh = new Map();
    this.leaves = [];
    $("back").addEventListener("click", () => this.turn(-1));
    $("on").addEventListener("click", () => this.turn(1));
    for (const button of $("layout").querySelectorAll("button")) button.addEventListener("click", () => this.arrange(button.dataset.layout));
    $("source").addEventListener("click", () => this.sourceAnchor && this.app.open({ anchor: this.sourceAnchor }));
    new ResizeObserver(() => { if (!matchMedia("print").matches) this.draw(); }).observe($("desk")); // paper gets what is on the screen
    NARROW.addEventListener("change", () => this.draw());
    this.listenToEdge();
    this.listenToSwipes();
  }

  get single() { return NARROW.matches || this.layout === "page" || (this.app.outline && !this.app.outline.mirrored); }

  get leftward() { return Boolean(this.app.outline?.leftward); } // a Hebrew or Arabic book is turned from left to right

  arrange(layout) {
    this.layout = layout;
    for (const button of $("layout").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.layout === layout));
    this.draw();
  }

  shown() { this.settle(); this.draw(); }

  changed(state, before) {
    const now = performance.now();
    for (const [anchor, time] of this.fresh) if (now - time > FRESH) this.fresh.delete(anchor);
    for (const [anchor] of state.changed) this.fresh.set(anchor, now);
    this.boxes.clear();
    if (this.app.view !== "pages") { this.drawEdge(); return; }
    this.draw();
    const away = state.changed.find(([, page]) => page >= 0);
    if (before && away && !state.changed.some(([, page]) => this.inSight(page))) {
      const label = this.app.outline.pages[away[1]][0];
      this.app.say(`Changed on page ${label}.`, "Show", () => this.app.go(away[0], away[1]), true);
    }
  }

  inSight(page) { return this.visible().includes(page); }

  visible() {
    const { state, outline, place } = this.app;
    if (!state || !outline || !state.pages.length) return [];
    const last = Math.min(state.pages.length, outline.pages.length) - 1, at = Math.min(place.page, last);
    if (this.single) return [at];
    const recto = (page) => page >= 0 && page <= last && outline.pages[page][1] === 1;
    if (recto(at)) return at > 0 && !recto(at - 1) ? [at - 1, at] : [-1, at];
    return at < last && recto(at + 1) ? [at, at + 1] : [at, -1];
  }

  turn(by) {
    const seen = this.visible().filter((page) => page >= 0), count = this.app.state?.pages.length ?? 0;
    if (!seen.length) return;
    const to = by > 0 ? Math.max(...seen) + 1 : Math.min(...seen) - 1;
    if (to >= 0 && to < count) this.toPage(by < 0 && !this.single ? Math.max(0, to) : to);
  }

  toPage(page) {
    this.app.place = { anchor: "", page };
    this.settle();
    this.draw();
  }

  // the place is a paragraph: the first that begins in sight
  settle() {
    const { outline, place } = this.app;
    if (place.anchor || !outline) return;
    const entry = outline.toc.filter((one) => one.page <= place.page).pop();
    place.part = entry ? entry.anchor : "";
  }

  key(event) {
    const keys = {
      ArrowRight: () => this.turn(this.leftward ? -1 : 1), ArrowLeft: () => this.turn(this.leftward ? 1 : -1), PageDown: () => this.turn(1), PageUp: () => this.turn(-1),
      Home: () => this.toPage(0), End: () => this.toPage((this.app.state?.pages.length ?? 1) - 1),
      ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1),
      g: () => this.arrange(this.layout === "grid" ? "spread" : "grid"), s: () => this.arrange("spread"), p: () => this.arrange("page"),
    };
    if (keys[event.key] && !(event.key.startsWith("Arrow") && event.target.closest(".choice, .contents"))) { event.preventDefault(); keys[event.key](); }
  }

  // up and down go from paragraph to paragraph; Enter opens its line
  step(by) {
    const marks = [...$("desk").querySelectorAll(".mark")];
    if (!marks.length) return;
    const at = marks.indexOf(document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : marks.length - 1) : at + by;
    if (marks[to]) marks[to].focus(); else this.turn(by);
  }

  // ---- drawing

  draw() {
    const { state, outline } = this.app;
    if (!state || !outline || this.app.view !== "pages") return;
    const grid = this.layout === "grid";
    $("view-pages").dir = this.leftward ? "rtl" : "ltr";
    $("view-pages").className = `view ${grid ? "grid" : this.single ? "single" : "spread"}`;
    if (grid) this.drawGrid(); else { this.tiles = null; this.drawLeaves(); }
    this.where();
    this.drawEdge();
    this.app.current();
  }

  drawLeaves() {
    const { state, outline, } = this.app, desk = $("desk"), pages = this.visible();
    if (!pages.length) { desk.replaceChildren(); this.leaves = []; return; }
    const room = desk.getBoundingClientRect(), share = outline.width / outline.height;
    const across = pages.length, height = Math.max(120, Math.min(room.height - 24, (room.width - (this.single ? 28 : 8)) / across / share));
    const width = Math.floor(height * share), pixels = Math.min(2400, Math.ceil((width * Math.min(2, devicePixelRatio || 1)) / 40) * 40);
    while (this.leaves.length > across) this.leaves.pop().box.remove();
    while (this.leaves.length < across) {
      const box = document.createElement("div"), image = new Image();
      image.alt = ""; image.draggable = false; image.decoding = "sync";
      box.append(image);
      desk.append(box);
      this.leaves.push({ box, image, source: "" });
    }
    if (desk.children.length !== across) desk.replaceChildren(...this.leaves.map((leaf) => leaf.box));
    pages.forEach((page, i) => {
      const leaf = this.leaves[i], there = page >= 0;
      leaf.box.className = `leaf ${there ? (outline.pages[page][1] ? "recto" : "verso") : "none"}`;
      leaf.box.style.width = `${width}px`; leaf.box.style.height = `${Math.floor(height)}px`;
      leaf.image.hidden = !there;
      leaf.page = page;
      if (!there) { this.unmark(leaf); leaf.source = ""; return; }
      leaf.image.alt = `Page ${outline.pages[page][0]}`;
      this.load(leaf, `page/${state.pages[page]}/${pixels}`, state.pages[page]);
    });
    const seen = pages.filter((page) => page >= 0);
    $("back").disabled = Math.min(...seen) <= 0; $("on").disabled = Math.max(...seen) >= state.pages.length - 1;
    this.app.look(seen, pixels);
    clearTimeout(this.ahead);
    this.ahead = setTimeout(() => { // what is turned to next
      for (const page of [Math.max(...seen) + 1, Math.max(...seen) + 2]) if (state.pages[page]) new Image().src = `page/${state.pages[page]}/${pixels}`;
    }, 250);
  }

  async load(leaf, source, name) {
    if (leaf.source === source) { this.mark(leaf, name); return; }
    leaf.source = source;
    const next = new Image();
    next.alt = leaf.image.alt; next.draggable = false; next.decoding = "sync";
    next.src = source;
    try { await next.decode(); } catch { return; } // an older state; the next one is on its way
    if (leaf.source !== source) return;
    leaf.image.replaceWith(next);
    leaf.image = next;
    document.body.dataset.painted = String(this.app.state.revision);
    this.mark(leaf, name);
  }

  unmark(leaf) { for (const mark of leaf.box.querySelectorAll(".mark")) mark.remove(); }

  async mark(leaf, name) {
    let boxes = this.boxes.get(name);
    if (!boxes) {
      const answer = await this.app.get(`boxes/${name}`);
      if (!answer.ok) return;
      boxes = await answer.json();
      this.boxes.set(name, boxes);
    }
    if (!leaf.source.includes(name)) return;
    const drawn = JSON.stringify([name, boxes, boxes.map((box) => this.fresh.has(box[0]))]);
    if (leaf.drawn === drawn && leaf.box.querySelector(".mark")) { this.where(); return; }
    leaf.drawn = drawn;
    const focused = document.activeElement?.dataset?.anchor;
    this.unmark(leaf);
    const now = performance.now();
    for (const [anchor, x, y, width, height, place, begins] of boxes) {
      if (!place) continue;
      const mark = document.createElement("button");
      mark.type = "button"; mark.tabIndex = -1;
      mark.className = `mark${now - (this.fresh.get(anchor) ?? -FRESH) < FRESH ? " new" : ""}`;
      mark.dataset.anchor = anchor;
      mark.setAttribute("aria-label", `Open ${place}`);
      mark.style.left = `${100 * x - 0.8}%`; mark.style.top = `${100 * y}%`; mark.style.width = `${100 * width + 1.6}%`; mark.style.height = `${100 * height}%`;
      const point = () => { this.sourceAnchor = anchor; $("source").textContent = place.replace(/^stories\//, ""); $("source").hidden = false; };
      mark.addEventListener("pointerenter", point);
      const settle = () => { this.app.place = { ...this.app.place, anchor, page: leaf.page, shift: begins ? 0 : 1 }; }; // one that began on the page before
      mark.addEventListener("focus", () => { settle(); point(); });
      mark.addEventListener("click", () => { settle(); this.app.open({ anchor }); });
      leaf.box.append(mark);
      if (anchor === focused) mark.focus({ preventScroll: true });
    }
    if (!this.app.place.anchor && leaf.page === this.app.place.page) {
      const first = boxes.find((box) => box[5] && box[6]);
      if (first) { this.app.place.anchor = first[0]; this.app.look(this.visible().filter((page) => page >= 0), Number(leaf.source.split("/")[2])); }
    }
    this.where();
  }

  where() {
    const { outline, place } = this.app, seen = this.visible().filter((page) => page >= 0);
    if (!seen.length) { $("where").textContent = ""; return; }
    const labels = seen.map((page) => outline.pages[page][0]);
    $("where").textContent = `${labels.length > 1 ? "pages" : "page"} ${labels.join("–")} of ${outline.pages.length}`;
    const boxes = seen.flatMap((page) => this.boxes.get(this.app.state.pages[page]) || []), id = place.anchor.replace(/^(story|chapter)-/, "");
    const box = boxes.find((one) => one[0] === place.anchor) || boxes.find((one) => one[5] && (one[0].startsWith(`mb_${id}_`) || one[0].startsWith(`mbc_${id}_`))) || boxes.find((one) => one[5]);
    $("source").hidden = !box || !box[5];
    if (box && box[5]) { $("source").textContent = box[5].replace(/^stories\//, ""); this.sourceAnchor = box[0]; }
    $("source").setAttribute("aria-label", `Open ${$("source").textContent} in the editor`);
  }

  drawGrid() {
    const { state, outline, place } = this.app, desk = $("desk"), entered = !this.tiles;
    this.leaves = [];
    const before = this.tiles ?? [];
    this.tiles = state.pages.map((name, page) => {
      const label = outline.pages[page]?.[0] ?? "", known = before[page];
      return known?.name === name && known.label === label ? known : { name, label, box: this.tile(name, page, label) };
    });
    if (entered || this.tiles.length !== before.length) desk.replaceChildren(...this.tiles.map((tile) => tile.box));
    else this.tiles.forEach((tile, page) => { if (tile !== before[page]) before[page].box.replaceWith(tile.box); });
    desk.querySelector('[aria-current="true"]')?.removeAttribute("aria-current");
    this.tiles[place.page]?.box.setAttribute("aria-current", "true");
    if (entered) this.tiles[place.page]?.box.scrollIntoView({ block: "center" }); // never unasked
  }

  tile(name, page, label) {
    const { outline } = this.app, box = document.createElement("button"), image = new Image(), folio = document.createElement("span");
    box.type = "button"; box.className = "leaf";
    box.style.aspectRatio = `${outline.width} / ${outline.height}`;
    image.loading = "lazy"; image.alt = "";
    image.src = `page/${name}/240`;
    folio.className = "folio"; folio.textContent = label;
    box.setAttribute("aria-label", `Page ${label}`);
    box.addEventListener("click", () => { this.app.place = { anchor: "", page }; this.arrange("spread"); });
    box.append(image, folio);
    return box;
  }

  // ---- the edge of the pages

  // one tick a page where there is room, else one bar a chapter; above it the pages in sight and those just changed
  drawEdge() {
    const { outline, state } = this.app, edge = $("edge");
    if (!outline || !state || !outline.pages.length) { edge.replaceChildren(); this.edgeMade = ""; return; }
    const count = outline.pages.length, width = edge.clientWidth || 600, made = `${this.app.outlineName} ${width}`;
    if (this.edgeMade !== made) { this.layEdge(count, width); this.edgeMade = made; }
    const seen = this.visible().filter((page) => page >= 0), fresh = new Set(state.changed.map(([, page]) => page));
    const marks = [], bar = Number(this.bar);
    for (const page of fresh) if (page >= 0 && page < count) marks.push(`<rect class="new" x="${this.at(this.steps[page], bar)}" y="20" width="${this.bar}" height="13"/>`);
    for (const page of seen) marks.push(`<rect class="here" x="${this.at(this.steps[page], bar)}" y="15" width="${this.bar}" height="18"/>`);
    for (const [from, to, x, wide] of this.groups) if (seen.some((page) => page >= from && page < to)) marks.push(`<rect class="rule here" x="${this.at(x, Number(wide))}" y="36" width="${wide}" height="2"/>`);
    edge.querySelector("g").innerHTML = marks.join("");
    const first = Math.min(...seen), at = Number.isFinite(first) ? first : 0;
    edge.setAttribute("aria-valuemax", count);
    edge.setAttribute("aria-valuenow", at + 1);
    edge.setAttribute("aria-valuetext", `page ${outline.pages[at]?.[0] ?? ""}`);
  }

  at(x, wide) { return (this.leftward ? this.edgeWidth - x - wide : x).toFixed(1); }

  layEdge(count, width) {
    const { outline } = this.app, starts = [];
    outline.pages.forEach((page, i) => { if (!i || outline.pages[i - 1][3] !== page[3]) starts.push(i); });
    const gap = Math.min(5, width / starts.length / 4), step = (width - gap * (starts.length - 1)) / count;
    const ticks = step >= 1.6, numbers = new Map(outline.toc.filter((one) => one.kind === "chapter").map((one) => [one.page, one.number])), parts = [];
    this.bar = Math.max(ticks ? 0.5 : 2, step - (step > 3 ? 1 : 0)).toFixed(1);
    this.steps = []; this.groups = []; this.edgeWidth = width;
    starts.forEach((from, group) => {
      const to = starts[group + 1] ?? count, x = from * step + group * gap, wide = Math.max(1, (to - from) * step - 1).toFixed(1);
      for (let page = from; page < to; page++) {
        this.steps.push(x + (page - from) * step);
        if (ticks) parts.push(`<rect x="${this.at(this.steps[page], Number(this.bar))}" y="20" width="${this.bar}" height="13"/>`);
      }
      if (!ticks) parts.push(`<rect x="${this.at(x, Number(wide))}" y="20" width="${wide}" height="13"/>`);
      if (numbers.has(from) && (step > 1.25 || (to - from) * step > 18)) parts.push(`<text x="${this.at(x, 8)}" y="11">${numbers.get(from)}</text>`);
      parts.push(`<rect class="rule" x="${this.at(x, Number(wide))}" y="36" width="${wide}" height="2"/>`);
      this.groups.push([from, to, x, wide]);
    });
    $("edge").innerHTML = `<svg aria-hidden="true" focusable="false">${parts.join("")}<g></g></svg>`;
  }

  listenToEdge() {
    const edge = $("edge");
    const to = (event) => {
      const box = edge.getBoundingClientRect(), x = this.leftward ? box.right - event.clientX : event.clientX - box.left;
      let page = 0;
      (this.steps || []).forEach((start, i) => { if (start <= x) page = i; });
      if (!this.inSight(page)) this.toPage(page);
    };
    edge.addEventListener("pointerdown", (event) => { edge.setPointerCapture(event.pointerId); to(event); });
    edge.addEventListener("pointermove", (event) => { if (edge.hasPointerCapture(event.pointerId)) to(event); });
    edge.addEventListener("keydown", (event) => {
      const keys = { ArrowRight: () => this.turn(this.leftward ? -1 : 1), ArrowUp: () => this.turn(1), ArrowLeft: () => this.turn(this.leftward ? 1 : -1), ArrowDown: () => this.turn(-1), Home: () => this.toPage(0), End: () => this.toPage(this.app.outline.pages.length - 1), PageUp: () => this.turn(1), PageDown: () => this.turn(-1) };
      if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
    });
  }

  listenToSwipes() {
    const desk = $("desk");
    let start = null;
    desk.addEventListener("touchstart", (event) => { start = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null; }, { passive: true });
    desk.addEventListener("touchend", (event) => {
      if (!start || this.layout === "grid") return;
      const x = event.changedTouches[0].clientX - start[0], y = event.changedTouches[0].clientY - start[1];
      if (Math.abs(x) > 50 && Math.abs(x) > 2 * Math.abs(y)) this.turn(x < 0 === this.leftward ? -1 : 1);
    });
  }
}
