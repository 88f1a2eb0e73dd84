// The preview's page: one stream of states, three views, one place that they share.
import { Pages } from "./pages.js";
import { Ebook } from "./ebook.js";
import { Board } from "./board.js";
import { showRepairs } from "./repairs.js";

const token = document.querySelector('meta[name="milebook-token"]').content;
const client = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2);
const $ = (id) => document.getElementById(id);

export const app = {
  state: null, outline: null, place: { anchor: "", page: 0 }, view: "pages",
  get: (address) => fetch(address, { credentials: "same-origin" }),
  async post(address, body) {
    const answer = await fetch(address, {
      method: "POST", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Milebook-Token": token }, body: JSON.stringify(body),
    });
    let said = {};
    try { said = await answer.json(); } catch { said = { why: "milebook did not answer" }; }
    return { status: answer.status, ...said };
  },
  async open(what) {
    const said = await this.post("open", what);
    if (said.status !== 200) this.say("That line is no longer there.");
    else if (!said.opened) this.say(`Open ${said.place} in your editor. (Set VISUAL to your editor and a click will.)`);
  },
  say(text, action, run, aside = false) { // what is said aside does not take the place of an answer
    const box = $("toast");
    if (aside && !box.hidden && !this.aside) return;
    this.aside = aside;
    box.textContent = text;
    if (action) {
      const button = document.createElement("button");
      button.type = "button"; button.textContent = action;
      button.addEventListener("click", () => { box.hidden = true; run(); });
      box.append(button);
    }
    box.hidden = false;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => { box.hidden = true; }, action ? 9000 : 6000);
  },
  look(pages, width) {
    const seen = { client, anchor: this.place.anchor, pages, width }, said = JSON.stringify(seen);
    if (said !== this.looked) this.post("look", seen).catch(() => { this.looked = ""; });
    this.looked = said;
    try { sessionStorage.setItem("place", JSON.stringify({ ...this.place, view: this.view })); } catch { /* private windows */ }
  },
  show(view, focus = false) {
    this.view = view;
    document.body.dataset.view = view;
    for (const button of document.querySelectorAll(".views button")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    for (const name of ["pages", "ebook", "overview"]) $(`view-${name}`).hidden = name !== view;
    $("view-title").textContent = { pages: "Pages", ebook: "E-book", overview: "Overview" }[view];
    views[view].shown();
    if (focus) $("main").focus();
  },
  go(anchor, page) {
    this.place = { anchor, page };
    if (this.view === "overview") this.show("pages");
    else views[this.view].shown();
  },
};

const views = { pages: new Pages(app), ebook: new Ebook(app), overview: new Board(app) };

// ---- the stream

let stream = null, since = 0;

function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource(`stream?client=${client}`);
  app.looked = ""; // a new stream does not know yet what is looked at
  stream.onmessage = (event) => receive(JSON.parse(event.data));
  stream.addEventListener("end", () => { stream.close(); stream = null; away("milebook has ended; start it again"); });
  stream.onerror = () => {
    if (!since) since = Date.now();
    away("looking for milebook …");
    if (stream && stream.readyState === EventSource.CLOSED) { stream = null; setTimeout(listen, 1000); }
  };
}

function away(text) {
  document.body.classList.add("is-away");
  document.body.classList.remove("is-fine");
  $("status-text").textContent = text;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden && stream) { stream.close(); stream = null; } else listen();
});
window.addEventListener("pageshow", listen);

let working = Promise.resolve();
function receive(state) {
  performance.clearMarks("milebook-told");
  performance.mark("milebook-told");
  working = working.then(() => take(state)).catch((error) => console.error(error));
}

async function take(state) {
  since = 0;
  const first = app.state === null, before = app.state;
  if (state.outline && (!app.outline || app.outlineName !== state.outline)) {
    const answer = await app.get(`outline/${state.outline}`);
    if (answer.ok) { app.outline = await answer.json(); app.outlineName = state.outline; contents(); }
  }
  app.state = state;
  status(state);
  broken(state);
  if (first && !app.place.anchor) restore();
  if (state.at >= 0 && app.place.anchor && !first) app.place.page = state.at + (app.place.shift || 0);
  app.place.page = Math.max(0, Math.min(app.place.page, state.pages.length - 1));
  $("waiting").hidden = state.pages.length > 0 || state.broken.length > 0;
  for (const view of Object.values(views)) view.changed(state, before);
}

function restore() {
  try {
    const kept = JSON.parse(sessionStorage.getItem("place") || "null");
    if (!kept) return;
    app.place = { anchor: kept.anchor || "", page: kept.page || 0 };
    if (views[kept.view] && kept.view !== app.view) app.show(kept.view);
  } catch { /* begins at the first page */ }
}

function status(state) {
  const list = document.body.classList;
  list.remove("is-away");
  list.toggle("is-broken", state.broken.length > 0);
  list.toggle("is-busy", !state.ready);
  list.toggle("is-fine", state.ready && !state.broken.length);
  $("status-text").textContent = !state.ready ? "reading the book" : state.broken.length ? (state.pages.length ? `the pages of ${state.since}` : "no pages yet") : `up to date, set in ${state.ms < 1000 ? `${state.ms} ms` : `${(state.ms / 1000).toFixed(1)} s`}`;
  const repair = $("repair");
  repair.hidden = !state.damaged;
  repair.textContent = `${state.damaged} to repair`;
  repair.setAttribute("aria-label", `${state.damaged} lines damaged by pasting: show the repairs`);
  const pill = $("open-count");
  pill.hidden = !state.open;
  pill.textContent = `${state.open} open`;
  pill.setAttribute("aria-label", `${state.open} open permissions: show whom to ask`);
  if (app.outline) { $("book-title").textContent = app.outline.title; document.title = app.outline.title; }
}

function broken(state) {
  const box = $("broken"), list = document.createElement("ol");
  box.hidden = !state.broken.length;
  document.body.classList.toggle("is-empty", !state.pages.length);
  const unfilled = state.broken.length > 0 && state.broken.every((one) => one.unfilled);
  document.body.classList.toggle("is-unfilled", unfilled);
  if (box.hidden) { box.replaceChildren(); return; }
  const fold = document.createElement("details"), head = document.createElement("summary"), file = (state.broken[0].place || "the book").replace(/:\d+$/, "");
  const all = state.broken[0].of, shown = state.broken.length < all ? ` (the first ${state.broken.length} of ${all} findings)` : "";
  head.textContent = (unfilled ? "No story stands in a chapter yet" : `${file} cannot be used as it is${shown}`) + (state.pages.length ? `; these are the pages of ${state.since}` : "");
  fold.open = box.firstElementChild?.open ?? true;
  list.append(...state.broken.map((one) => fault(one, state)));
  fold.append(head, list);
  box.replaceChildren(fold);
}

function fault(one, state) {
  const item = document.createElement("li"), said = document.createElement("p"), place = document.createElement("span"), cure = document.createElement("p");
  place.className = "place"; place.textContent = one.place;
  said.className = "fault"; said.append(one.message[0].toUpperCase() + one.message.slice(1), " ", place);
  item.append(said);
  if (one.quote && !one.unfilled) {
    const quote = document.createElement("pre"), lead = `${String(one.line).padStart(4)} | `;
    quote.textContent = `${lead}${one.quote}\n${" ".repeat(lead.length + Math.max(0, one.column - 1))}${"^".repeat(Math.max(1, Math.min(one.width, 60)))}`;
    quote.tabIndex = 0;
    item.append(quote);
  }
  cure.className = "cure";
  cure.textContent = one.hint ? one.hint[0].toUpperCase() + one.hint.slice(1) : "";
  const offer = (text, run) => { const button = document.createElement("button"); button.type = "button"; button.textContent = text; button.addEventListener("click", run); cure.append(button); };
  if (one.unfilled && state.overview) offer("Go to the overview", () => app.show("overview", true));
  else if (one.place) offer(one.line ? `Open line ${one.line}` : "Open the file", () => app.open({ finding: one.n }));
  if (one.repairable && state.damaged) offer("Show the repair", () => showRepairs(app));
  item.append(cure);
  return item;
}

// ---- what stands around the views

// the entries stay as long as they are the same: in a book of thousands of stories making them takes longer than the page
let entries = new Map(), marked = null;

function contents() {
  const before = entries;
  entries = new Map();
  for (const entry of app.outline.toc) {
    const said = JSON.stringify([entry.kind, entry.number, entry.title, entry.open, app.outline.pages[entry.page][0], entry.page]), known = before.get(entry.anchor);
    entries.set(entry.anchor, known?.said === said ? known : { said, item: contentsItem(entry) });
  }
  const list = $("toc"), items = [...entries.values()].map((one) => one.item);
  if (items.length !== list.children.length || items.some((item, i) => list.children[i] !== item)) list.replaceChildren(...items);
  if (items.length) current();
}

function contentsItem(entry) {
  const item = document.createElement("li"), button = document.createElement("button");
  item.className = `${entry.kind === "story" ? "story" : entry.kind === "chapter" ? "chapter" : "other"}${entry.open ? " open" : ""}`;
  button.type = "button";
  button.dataset.anchor = entry.anchor;
  const dot = document.createElement("span"), name = document.createElement("span"), page = document.createElement("span");
  dot.className = "dot"; name.className = "name"; page.className = "page";
  name.textContent = entry.number ? `${entry.number} ${entry.title}` : entry.title;
  name.title = entry.title; name.dir = "auto";
  page.textContent = app.outline.pages[entry.page][0];
  button.append(dot, name, page);
  if (entry.open) { const said = document.createElement("span"); said.className = "away"; said.textContent = `, ${entry.open} open`; name.append(said); }
  button.addEventListener("click", () => app.go(entry.anchor, entry.page));
  item.append(button);
  return item;
}

export function current() {
  if (!app.outline) return;
  let found = null;
  for (const entry of app.outline.toc) if (entry.anchor === app.place.part || (!app.place.part && entry.page <= app.place.page)) found = entry;
  const button = (found && entries.get(found.anchor)?.item.firstElementChild) || null;
  if (marked === button && button?.isConnected) return;
  marked?.removeAttribute("aria-current");
  marked = button;
  if (!button) return;
  button.setAttribute("aria-current", "true");
  button.scrollIntoView({ block: "nearest" });
}
app.current = current;

for (const button of document.querySelectorAll(".views button")) button.addEventListener("click", () => app.show(button.dataset.view));
$("repair").addEventListener("click", () => showRepairs(app));
$("open-count").addEventListener("click", () => { app.show("overview"); setTimeout(() => $("ask")?.scrollIntoView(), 60); });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, .card, .edge, dialog")) return;
  views[app.view].key?.(event);
});

views[app.view].shown();
listen();
