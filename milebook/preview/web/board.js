// The board: the overview as a tool, where stories are dragged, chosen and arranged; the index is changed in those lines only.
const $ = (id) => document.getElementById(id);
const make = (tag, set = {}, ...inside) => { const one = Object.assign(document.createElement(tag), set); one.append(...inside); return one; };

const HOLD = 420; // milliseconds that a finger rests on a card before it lifts it

export class Board {
  constructor(app) {
    this.app = app;
    this.filter = { words: "", status: "", tag: "", length: "", photo: "", open: "" };
    this.texts = null;
    this.said = "";
    $("overview").classList.add("live");
    $("overview").addEventListener("pointerdown", (event) => this.down(event));
    $("overview").addEventListener("touchmove", (event) => { if (this.lift?.ghost) event.preventDefault(); }, { passive: false }); // the finger drags, and does not scroll
    $("overview").addEventListener("contextmenu", (event) => { if (event.target.closest(".card") && event.pointerType === "touch") event.preventDefault(); });
    $("overview").addEventListener("keydown", (event) => this.pressed(event));
    $("overview").addEventListener("keyup", (event) => { if (event.key === " " && event.target.closest(".more")) event.preventDefault(); });
    $("overview").addEventListener("click", (event) => this.clicked(event));
  }

  shown() { this.load(); }

  changed(state, before) { if (this.app.view === "overview" && (!before || before.overview !== state.overview)) this.load(); else if (!before || before.overview !== state.overview) this.loaded = null; }

  async load() {
    const name = this.app.state?.overview;
    if (!name || this.lift || (this.loaded === name && this.data)) return; // what is lifted is not taken out of the hand
    this.loaded = name;
    const [page, data] = await Promise.all([this.app.get("overview").then((answer) => answer.text()), this.app.get("board").then((answer) => answer.json())]);
    if (this.lift) { this.loaded = null; return; }
    const box = $("overview"), main = $("main"), top = main.scrollTop, board = box.querySelector(".board"), left = board?.scrollLeft ?? 0, at = board?.getBoundingClientRect().top ?? 0;
    const focused = document.activeElement?.closest?.(".card")?.dataset.id;
    box.innerHTML = page;
    this.data = data;
    this.texts = null;
    this.dress();
    main.scrollTop = top;
    const fresh = box.querySelector(".board");
    fresh.scrollLeft = left;
    if (board && top) main.scrollTop += fresh.getBoundingClientRect().top - at; // the board stays where it was, whatever has grown above it
    if (focused) box.querySelector(`.card[data-id="${CSS.escape(focused)}"] .more`)?.focus({ preventScroll: true });
    document.body.dataset.board = name;
  }

  dress() {
    const box = $("overview"), section = box.querySelector("#board"), board = section.querySelector(".board");
    board.tabIndex = 0;
    board.setAttribute("role", "group");
    board.setAttribute("aria-label", "Chapters with their stories");
    section.querySelector("h2").textContent = box.querySelector('.jump a[href="#board"]').textContent = "Arrange";
    if (!this.app.outline) $("book-title").textContent = document.title = box.querySelector("h1").textContent;
    for (const card of box.querySelectorAll(".card")) {
      const title = card.querySelector("h4").textContent;
      card.append(make("button", { type: "button", className: "more", ariaLabel: `Move or change ${title}`, title: "Move or change" }, "⠿"));
    }
    this.plan = make("div", { className: "plan" });
    this.plan.setAttribute("role", "status");
    section.insertBefore(this.plan, board);
    const filters = this.filters();
    filters.hidden = !box.querySelector(".card");
    section.insertBefore(filters, this.plan);
    this.tell(this.said);
    this.sift();
  }

  // ---- what was done, and taking it back

  tell(text, actions = null) {
    this.said = actions ? "" : text;
    const last = this.data?.last, said = make("span", { className: "said" }, text || (last ? `Last change: ${last}` : "Nothing was changed yet."));
    this.plan.replaceChildren(said);
    if (actions) for (const [name, run] of actions) { const button = make("button", { type: "button" }, name); button.addEventListener("click", run); this.plan.append(button); }
    else {
      const button = make("button", { type: "button", disabled: !last, id: "undo" }, "Undo");
      button.addEventListener("click", () => this.undo());
      this.plan.append(button);
    }
    const keys = make("span", { className: "keys" });
    keys.innerHTML = "<kbd>Space</kbd> lifts, <kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Space</kbd> drops, <kbd>Esc</kbd> puts back";
    this.plan.append(keys);
  }

  async undo() {
    const said = await this.app.post("undo", {});
    this.tell(said.status === 200 ? said.title : said.why);
  }

  async change(body) {
    const said = await this.app.post("arrange", { ...body, digest: this.data.digest });
    if (said.status === 200) {
      this.data.digest = said.digest; this.data.last = said.title;
      this.tell([`${said.title}.`, ...said.also].join(" "));
      return true;
    }
    this.said = said.why;
    this.tell(said.why);
    this.loaded = null; // show what is on the disk
    if (said.status === 409) { this.app.say("The index was changed meanwhile. Look again."); setTimeout(() => this.load(), 700); } else this.load();
    return false;
  }

  // where a chapter selects its stories, a move may do more: that is said before it is done
  async move(story, spot, kinds) {
    const body = { action: "move", story, ...spot };
    if (!$("overview").querySelector('.column[data-kind="select"]')) { await this.change(body); return; }
    const said = await this.app.post("arrange", { ...body, dry: true });
    if (said.status !== 200) { this.tell(said.why); this.loaded = null; this.load(); return; }
    if (!kinds.includes("select") && !said.untags) { await this.change(body); return; }
    this.tell([`${said.title}?`, ...said.also].join(" "), [
      ["Do it", () => this.change(body)],
      ["Put back", () => { this.loaded = null; this.said = ""; this.load(); }],
    ]);
    this.plan.querySelector("button").focus();
  }

  // ---- filters

  filters() {
    const bar = make("div", { className: "filters" }), filter = this.filter;
    bar.setAttribute("role", "search");
    const search = make("input", { type: "search", placeholder: "words in a story", value: filter.words, ariaLabel: "Words in a story" });
    search.addEventListener("input", async () => { filter.words = search.value.trim().toLowerCase(); if (filter.words && !this.texts) this.texts = await (await this.app.get("texts")).json(); this.sift(); });
    bar.append(search);
    const choice = (key, label, options) => {
      const list = make("select", { ariaLabel: label }, ...[["", label], ...options].map(([value, name]) => make("option", { value, selected: filter[key] === value }, name)));
      list.addEventListener("change", () => { filter[key] = list.value; this.sift(); });
      bar.append(list);
    };
    choice("status", "any status", this.data.statuses.map((one) => [one, one]));
    if (this.data.tags.length) choice("tag", "any tag", this.data.tags.map((one) => [one, one]));
    choice("length", "any length", [["over", "over the limit"], ["long", "long"], ["short", "short"]]);
    choice("photo", "any photos", [["yes", "with a photo"], ["no", "without a photo"]]);
    choice("open", "any permission", [["yes", "something open"], ["no", "all clear"]]);
    this.count = make("span", { className: "soft" });
    this.count.setAttribute("role", "status");
    bar.append(this.count);
    return bar;
  }

  sift() {
    const filter = this.filter, cards = [...$("overview").querySelectorAll(".card")];
    const lengths = cards.map((card) => Number(card.dataset.words)).sort((a, b) => a - b), low = lengths[Math.floor(lengths.length / 4)] ?? 0, high = lengths[Math.floor((3 * lengths.length) / 4)] ?? 0;
    let shown = 0;
    for (const card of cards) {
      const { status, tags, words, photos, open, id } = card.dataset;
      const fits = (!filter.status || status === filter.status) && (!filter.tag || tags.split("\t").includes(filter.tag))
        && (!filter.length || (filter.length === "over" ? card.classList.contains("over") : filter.length === "long" ? Number(words) >= high : Number(words) <= low))
        && (!filter.photo || (Number(photos) > 0) === (filter.photo === "yes")) && (!filter.open || (Number(open) > 0) === (filter.open === "yes"))
        && (!filter.words || !this.texts || `${card.querySelector("h4").textContent} ${this.texts[id] ?? ""}`.toLowerCase().includes(filter.words));
      card.classList.toggle("out", !fits);
      shown += fits;
    }
    this.count.textContent = shown < cards.length ? `${shown} of ${cards.length}` : "";
  }

  // ---- lifting: by mouse, and by keyboard

  spotOf(slot) {
    const column = slot.closest(".column"), near = (step) => { let one = slot[step]; while (one && (!one.classList.contains("card") || one.classList.contains("lifted"))) one = one[step]; return one?.dataset.id ?? ""; };
    return { chapter: column.dataset.id, after: near("previousElementSibling"), before: near("nextElementSibling"), kind: column.dataset.kind };
  }

  drop() {
    const { card, slot, from } = this.lift, spot = this.spotOf(slot), home = from.closest(".column");
    const same = slot.previousElementSibling === card || slot.nextElementSibling === card;
    if (same || (spot.kind === home.dataset.kind && (spot.kind === "inbox" || spot.kind === "cut"))) { this.putBack(); return; }
    slot.replaceWith(card);
    this.unlift();
    if (spot.kind === "cut") this.change({ action: "status", story: card.dataset.id, status: "cut" });
    else if (spot.chapter === home.dataset.id && spot.kind === "select") { this.tell("This chapter sorts its stories itself."); this.loaded = null; this.load(); }
    else this.move(card.dataset.id, { chapter: spot.chapter, after: spot.after, before: spot.after ? "" : spot.before }, [spot.kind, home.dataset.kind]);
  }

  start(card) {
    const slot = make("li", { className: "slot" });
    slot.setAttribute("aria-hidden", "true");
    this.lift = { card, slot, from: card.parentElement, next: card.nextElementSibling };
    card.classList.add("lifted");
    card.after(slot);
  }

  unlift() {
    const { card, slot, ghost } = this.lift;
    card.classList.remove("lifted"); slot.remove(); ghost?.remove();
    document.body.classList.remove("dragging");
    this.lift = null;
    setTimeout(() => this.load(), 0);
  }

  putBack() {
    const { card } = this.lift;
    this.unlift();
    this.tell("Put back."); this.said = ""; card.querySelector(".more")?.focus({ preventScroll: true });
  }

  // a mouse drags at once; a finger after it has rested on a card, since until then it may want to scroll
  down(event) {
    const card = event.target.closest(".card");
    if (!card || event.button !== 0 || this.lift || !this.data) return;
    const touch = event.pointerType !== "mouse", x = event.clientX, y = event.clientY;
    let resting = touch ? setTimeout(() => { resting = 0; this.drag(card, x, y); navigator.vibrate?.(15); }, HOLD) : 0;
    const move = (to) => {
      const far = Math.hypot(to.clientX - x, to.clientY - y);
      if (!this.lift && touch) { if (far > 10) stop(() => {})(); return; }
      if (!this.lift) { if (far < 5) return; this.drag(card, x, y); }
      to.preventDefault();
      this.carry(to.clientX, to.clientY);
    };
    const stop = (run) => () => {
      clearTimeout(resting);
      document.removeEventListener("pointermove", move); document.removeEventListener("pointerup", up); document.removeEventListener("pointercancel", cancel); document.removeEventListener("keydown", escape);
      clearInterval(this.rolling);
      if (this.lift) run();
      setTimeout(() => { this.dragged = false; }, 0);
    };
    const up = stop(() => this.drop()), cancel = stop(() => this.putBack()), escape = (key) => { if (key.key === "Escape") cancel(); };
    document.addEventListener("pointermove", move); document.addEventListener("pointerup", up); document.addEventListener("pointercancel", cancel); document.addEventListener("keydown", escape);
  }

  drag(card, x, y) {
    this.start(card);
    const ghost = card.cloneNode(true);
    ghost.className = "card ghost"; ghost.removeAttribute("id"); ghost.setAttribute("aria-hidden", "true");
    document.body.append(ghost);
    this.lift.ghost = ghost;
    document.body.classList.add("dragging");
    this.dragged = true;
    this.carry(x, y);
  }

  carry(x, y) {
    this.lift.ghost.style.left = `${x - 30}px`; this.lift.ghost.style.top = `${y - 18}px`;
    this.under(x, y);
    this.scroll(x, y);
  }

  under(x, y) {
    const column = document.elementFromPoint(x, y)?.closest(".column");
    if (!column) return;
    const list = column.querySelector(".cards"), cards = [...list.querySelectorAll(".card:not(.out)")];
    const next = cards.find((card) => { const box = card.getBoundingClientRect(); return y < box.top + box.height / 2; });
    if (next) next.before(this.lift.slot); else list.append(this.lift.slot);
  }

  scroll(x, y) { // at the edges of the board and of the window
    clearInterval(this.rolling);
    const board = $("overview").querySelector(".board"), room = board.getBoundingClientRect(), main = $("main"), seen = main.getBoundingClientRect();
    const across = x > room.right - 60 ? 14 : x < room.left + 60 ? -14 : 0, down = y > seen.bottom - 60 ? 14 : y < seen.top + 60 ? -14 : 0;
    const list = document.elementFromPoint(x, y)?.closest(".column")?.querySelector(".cards"), own = list?.getBoundingClientRect(), inside = !own ? 0 : y > own.bottom - 40 ? 8 : y < own.top + 40 ? -8 : 0;
    if (across || down || inside) this.rolling = setInterval(() => { board.scrollLeft += across; main.scrollTop += down; if (list) list.scrollTop += inside; if (this.lift) this.under(x, y); }, 16);
  }

  pressed(event) {
    const handle = event.target.closest(".more");
    if (!handle || !this.data) return;
    const card = handle.closest(".card");
    if (!this.lift) {
      if (event.key === " ") { event.preventDefault(); this.start(card); this.tell(`${card.querySelector("h4").textContent} is lifted. Arrows move it, Space drops it, Esc puts it back.`); this.said = ""; }
      return;
    }
    const steps = { ArrowUp: () => this.step(-1), ArrowDown: () => this.step(1), ArrowLeft: () => this.aside(-1), ArrowRight: () => this.aside(1), " ": () => this.drop(), Enter: () => this.drop(), Escape: () => this.putBack(), Tab: () => {} };
    if (steps[event.key]) { event.preventDefault(); steps[event.key](); }
  }

  step(by) {
    const { slot, card } = this.lift, list = slot.parentElement, cards = [...list.children].filter((one) => one !== slot && !one.classList.contains("out"));
    const at = [...list.children].filter((one) => one === slot || !one.classList.contains("out")).indexOf(slot);
    let to = at + by;
    if (cards[by > 0 ? to - 1 : to] === card) to += by;
    if (to < 0 || to > cards.length) return;
    if (to === cards.length) list.append(slot); else cards[to].before(slot);
    this.where();
  }

  aside(by) {
    const { slot } = this.lift, columns = [...$("overview").querySelectorAll(".column")], at = columns.indexOf(slot.closest(".column")), to = columns[at + by];
    if (!to) return;
    const list = to.querySelector(".cards"), order = [...slot.parentElement.children].indexOf(slot), cards = [...list.children];
    if (cards[order]) cards[order].before(slot); else list.append(slot);
    this.where();
  }

  where() {
    const { slot, card } = this.lift, spot = this.spotOf(slot), name = (id) => $("overview").querySelector(`.card[data-id="${CSS.escape(id)}"] h4`)?.textContent;
    slot.scrollIntoView({ block: "nearest", inline: "nearest" });
    const chapter = slot.closest(".column").querySelector("h3").textContent;
    this.tell(`${card.querySelector("h4").textContent}: ${chapter}${spot.after ? `, after ${name(spot.after)}` : spot.before ? `, before ${name(spot.before)}` : ""}`);
    this.said = "";
  }

  // ---- the card's own sheet: choose the place (for touch), status, tags

  clicked(event) {
    if (this.dragged || !this.data) return;
    const card = event.target.closest(".card");
    if (card && !this.lift && !event.target.closest("a")) { this.sheet(card); return; }
    const link = event.target.closest('a[href^="#s-"]');
    if (link) { event.preventDefault(); const one = $(link.hash.slice(1)); one?.scrollIntoView({ block: "center", inline: "center" }); one?.querySelector(".more")?.focus({ preventScroll: true }); }
  }

  sheet(card) {
    const title = card.querySelector("h4").textContent, id = card.dataset.id, home = card.closest(".column"), dialog = make("dialog", { className: "sheet-dialog" });
    const heading = make("h2", { id: "sheet-title" }, title), form = make("form", { method: "dialog" });
    dialog.setAttribute("aria-labelledby", "sheet-title");
    const columns = [...$("overview").querySelectorAll(".column")].filter((one) => one.dataset.kind !== "cut");
    const where = make("select", {}, ...columns.filter((one) => one.dataset.kind !== "inbox").map((one) => make("option", { value: one.dataset.id, selected: one === home }, one.querySelector("h3").textContent)), make("option", { value: "", selected: home.dataset.kind === "inbox" || home.dataset.kind === "cut" }, "not in the book"));
    const place = make("select");
    const places = () => {
      const column = columns.find((one) => one.dataset.id === where.value && one.dataset.kind !== "inbox");
      const cards = column ? [...column.querySelectorAll(".card")].filter((one) => one !== card) : [];
      const fixed = !column || column.dataset.kind === "select";
      place.replaceChildren(...(fixed ? [make("option", { value: "" }, column ? "as the chapter sorts" : "—")] : [make("option", { value: "" }, "at the start"), ...cards.map((one) => make("option", { value: one.dataset.id }, `after ${one.querySelector("h4").textContent}`))]));
      place.disabled = fixed;
      const own = column === home ? card.previousElementSibling?.dataset?.id : cards.at(-1)?.dataset.id;
      if (!fixed && own) place.value = own;
    };
    where.addEventListener("change", places);
    places();
    const move = make("button", { type: "button", className: "act" }, "Move");
    move.addEventListener("click", () => {
      dialog.close();
      const column = columns.find((one) => one.dataset.id === where.value && one.dataset.kind !== "inbox"), first = column && [...column.querySelectorAll(".card")].find((one) => one !== card);
      this.move(id, { chapter: where.value, after: place.value, before: place.value ? "" : first?.dataset.id ?? "" }, [column?.dataset.kind ?? "", home.dataset.kind]);
    });
    const status = make("select", {}, ...this.data.statuses.map((one) => make("option", { value: one, selected: one === card.dataset.status }, one)));
    status.addEventListener("change", () => { dialog.close(); this.change({ action: "status", story: id, status: status.value }); });
    const tags = make("div", { className: "tags" });
    for (const tag of card.dataset.tags.split("\t").filter(Boolean)) {
      const button = make("button", { type: "button", title: `Take the tag ${tag} away` }, `${tag} ×`);
      button.addEventListener("click", () => { dialog.close(); this.change({ action: "untag", story: id, tag }); });
      tags.append(button);
    }
    const fresh = make("input", { type: "text", maxLength: 60, autocomplete: "off" }), known = make("datalist", { id: "known-tags" }, ...this.data.tags.map((one) => make("option", { value: one })));
    fresh.setAttribute("list", "known-tags");
    const add = make("button", { type: "button", className: "plain" }, "Add");
    const tagIt = () => { if (fresh.value.trim()) { dialog.close(); this.change({ action: "tag", story: id, tag: fresh.value }); } };
    add.addEventListener("click", tagIt);
    fresh.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); tagIt(); } });
    const read = make("button", { type: "button", className: "plain" }, "Read it"), edit = make("button", { type: "button", className: "plain" }, "Open its entry"), close = make("button", { type: "submit", className: "plain" }, "Close");
    const entry = this.app.outline?.toc.find((one) => one.anchor === `story-${id}`);
    read.hidden = !entry;
    read.addEventListener("click", () => { dialog.close(); this.app.go(entry.anchor, entry.page); });
    edit.addEventListener("click", () => { dialog.close(); this.app.open({ story: id }); });
    form.append(make("div", { className: "row" }, make("label", {}, "Chapter", where), make("label", {}, "Place", place), move), make("label", {}, "Status", status), tags, make("div", { className: "row" }, make("label", {}, "New tag", fresh, known), add), make("div", { className: "row" }, read, edit, close));
    dialog.append(heading, form);
    document.body.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); $("overview").querySelector(`.card[data-id="${CSS.escape(id)}"] .more`)?.focus({ preventScroll: true }); });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.showModal();
  }
}
