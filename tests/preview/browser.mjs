// Drives a real browser through one scenario of the preview and prints what it saw as JSON.
// Usage: node browser.mjs SCENARIO LINK BOOK CHROMIUM MODULES
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [scenario, link, book, chromiumPath, modules] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core", "index.mjs")));
const axeSource = fs.readFileSync(path.join(modules, "axe-core", "axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
const seen = { errors: [], foreign: [] };
const index = path.join(book, "stories", "index.yaml");
const story = (name) => path.join(book, "stories", name);
const read = (file) => fs.readFileSync(file, "utf8");

async function open({ width = 1280, height = 800, scheme = "light", bypassCSP = false, address = link } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, bypassCSP, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.on("console", (message) => { if (message.type() === "error" && !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|404|409|Blocked script/.test(message.text())) seen.errors.push(message.text()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("request", (request) => { if (!request.url().startsWith(new URL(address).origin) && !/^(data|about|blob):/.test(request.url())) seen.foreign.push(request.url()); });
  await page.goto(address);
  await page.waitForSelector("#desk .leaf img[src], #broken:not([hidden])");
  return page;
}
const view = (page, name) => page.click(`.views button[data-view="${name}"]`);
const pagesOf = (page) => page.$$eval("#desk .leaf:not(.none) img", (images) => images.map((image) => image.alt));
const sources = (page) => page.$$eval("#desk .leaf img[src]", (images) => images.map((image) => image.getAttribute("src").split("/")[1]));
const goTo = async (page, anchor) => { await page.evaluate((name) => document.querySelector(`#toc [data-anchor="${name}"]`).click(), anchor); await page.waitForSelector("#desk .mark"); };
const changed = (page, before) => page.waitForFunction((old) => JSON.stringify([...document.querySelectorAll("#desk .leaf img[src]")].map((i) => i.getAttribute("src").split("/")[1])) !== old, JSON.stringify(before), { timeout: 20000 });
const settled = (page, wanted) => page.waitForFunction((want) => JSON.stringify([...document.querySelectorAll("#desk .leaf img[src]")].map((i) => i.getAttribute("src").split("/")[1])) === want, JSON.stringify(wanted), { timeout: 20000 });
// the pictures of the pages, once they are the same for a second: the first ones are replaced when all is set
const still = async (page) => {
  let now = await sources(page);
  for (let same = 0; same < 10; ) {
    await page.waitForTimeout(100);
    const next = await sources(page);
    same = JSON.stringify(next) === JSON.stringify(now) ? same + 1 : 0;
    now = next;
  }
  return now;
};
const idle = (page) => page.waitForFunction(() => /up to date/.test(document.getElementById("status-text").textContent), null, { timeout: 20000 });

const scenarios = {
  // every view, at desk and phone width and at 200 % zoom, in both colours: axe, overflow
  async states() {
    seen.axe = []; seen.overflow = [];
    for (const [width, height, scheme] of [[1280, 800, "light"], [1280, 800, "dark"], [390, 844, "light"], [390, 844, "dark"], [640, 400, "light"]]) {
      const page = await open({ width, height, scheme, bypassCSP: true });
      const look = async (name) => {
        await page.waitForTimeout(150);
        await page.evaluate(axeSource);
        const found = await page.evaluate(() => axe.run());
        for (const one of found.violations) seen.axe.push(`${name} ${width} ${scheme}: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`);
        if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) seen.overflow.push(`${name} ${width}`);
      };
      await look("pages");
      await page.evaluate(() => document.querySelector('[data-layout="grid"]').click());
      await look("grid");
      await page.evaluate(() => document.querySelector('[data-layout="page"]').click());
      await view(page, "ebook");
      await page.waitForFunction(() => document.body.dataset.read);
      await look("ebook");
      await view(page, "overview");
      await page.waitForSelector(".card .more");
      await look("overview");
      await page.click(".card .more");
      await look("sheet");
      await page.keyboard.press("Escape");
      await view(page, "pages");
      const before = read(index);
      fs.writeFileSync(index, before.replace("stories: [the-gate", "stories: [the-gaet"));
      await page.waitForSelector("#broken:not([hidden])");
      await look("broken");
      fs.writeFileSync(index, before);
      await page.waitForSelector("#broken", { state: "hidden" });
      await page.context().close();
    }
  },

  // a save is seen in two tabs, where each of them is, and marked
  async edit() {
    const one = await open(), other = await open();
    await goTo(one, "story-the-gate"); await goTo(other, "story-the-gate");
    const before = await pagesOf(one), old = await sources(one), file = story("the-gate.md");
    fs.writeFileSync(file, read(file).replace(/\n/, " And so it was.\n"));
    await Promise.all([changed(one, old), changed(other, old)]);
    await one.waitForSelector(".mark.new"); await other.waitForSelector(".mark.new");
    seen.before = before; seen.after = await pagesOf(one);
    seen.marked = await one.$$eval(".mark.new", (marks) => marks.map((mark) => mark.dataset.anchor));
    seen.status = await one.textContent("#status-text");
    await one.click(`.mark[data-anchor="mb_the-gate_p01"]`);
    await one.waitForTimeout(500);
  },

  // a page that begins in the middle of a paragraph stays where it is, whatever is saved elsewhere
  async place() {
    const page = await open(), file = story("the-gate.md"), text = read(file);
    const long = Array.from({ length: 9 }, (_, i) => `Sentence ${i} of a paragraph that runs over many pages, as paragraphs of some letters do. `.repeat(45).trim()).join("\n\n");
    const old = await sources(page);
    fs.writeFileSync(file, `${long}\n`);
    await page.waitForFunction(() => document.querySelectorAll("#edge rect").length > 20);
    await idle(page);
    await goTo(page, "story-the-gate");
    seen.stayed = [];
    for (let turn = 0; turn < 3; turn++) {
      await page.keyboard.press("ArrowRight");
      await page.waitForSelector("#desk .mark"); await page.waitForTimeout(400);
      const before = await pagesOf(page), names = await sources(page);
      const other = story("first-lap.md");
      fs.writeFileSync(other, read(other).replace(/\n/, " More.\n"));
      await changed(page, names).catch(() => {});
      await idle(page); await page.waitForTimeout(900);
      seen.stayed.push([before, await pagesOf(page)]);
    }
    fs.writeFileSync(file, text);
    await page.waitForTimeout(600);
    seen.valid = (await pagesOf(page)).length > 0 && old.length > 0;
  },

  // many saves, in place and by renaming; the page follows the last
  async saves() {
    const page = await open(), count = Number(process.env.MILEBOOK_SAVES || 30), file = story("the-gate.md"), first = read(file);
    await goTo(page, "story-the-gate");
    for (let number = 1; number <= count; number++) {
      const old = await sources(page), text = first.replace(/\n/, ` Save number ${number}.\n`);
      if (number % 3 === 0) { fs.writeFileSync(`${file}.new`, text); fs.renameSync(`${file}.new`, file); }
      else if (number % 3 === 1) { fs.renameSync(file, `${file}~`); fs.writeFileSync(file, text); }
      else fs.writeFileSync(file, text);
      await changed(page, old);
      seen.broken = (seen.broken || 0) + (await page.$$("#broken:not([hidden])")).length;
    }
    seen.count = count;
    seen.pages = await pagesOf(page);
    await idle(page);
  },

  // a file that is gone leaves the old pages, with what is wrong; it heals by itself
  async vanished() {
    const page = await open(), file = story("first-lap.md"), text = read(file);
    await goTo(page, "story-the-gate");
    const old = await still(page);
    fs.unlinkSync(file);
    await page.waitForSelector("#broken:not([hidden])");
    seen.said = await page.textContent("#broken");
    seen.kept = JSON.stringify(await sources(page)) === JSON.stringify(old);
    seen.dimmed = await page.evaluate(() => document.body.classList.contains("is-broken"));
    fs.writeFileSync(file, text);
    await page.waitForSelector("#broken", { state: "hidden" });
    await idle(page);
    await settled(page, old);
    seen.healed = true;
  },

  // the stream is cut, as by a laptop that sleeps; saves meanwhile are there afterwards
  async cut() {
    const target = new URL(link), sockets = new Set();
    const relay = net.createServer((from) => {
      const to = net.connect(Number(target.port), target.hostname);
      for (const [one, other] of [[from, to], [to, from]]) { sockets.add(one); one.pipe(other); one.on("error", () => other.destroy()); one.on("close", () => { other.destroy(); sockets.delete(one); }); }
    });
    const listen = (port) => new Promise((done) => relay.listen(port, "127.0.0.1", done));
    await listen(0);
    const port = relay.address().port, page = await open({ address: link.replace(target.port, port) }), file = story("the-gate.md");
    await goTo(page, "story-the-gate");
    await idle(page);
    const old = await still(page), where = await pagesOf(page);
    relay.close(); for (const one of sockets) one.destroy();
    await page.waitForFunction(() => document.body.classList.contains("is-away"), null, { timeout: 20000 });
    fs.writeFileSync(file, read(file).replace(/\n/, " While nobody looked.\n"));
    await page.waitForTimeout(2000);
    seen.asleep = JSON.stringify(await sources(page)) === JSON.stringify(old);
    await listen(port);
    await changed(page, old);
    await idle(page);
    seen.same = JSON.stringify(await pagesOf(page)) === JSON.stringify(where);
    await page.context().close();
    relay.close(); for (const one of sockets) one.destroy();
  },

  // everything with the keyboard alone
  async keyboard() {
    const page = await open();
    const first = await pagesOf(page);
    await page.keyboard.press("Tab");
    seen.skip = await page.evaluate(() => document.activeElement.textContent);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight"); await page.waitForTimeout(300);
    seen.turned = JSON.stringify(await pagesOf(page)) !== JSON.stringify(first);
    await page.keyboard.press("End"); await page.waitForTimeout(300);
    seen.last = await pagesOf(page);
    await page.focus('#toc [data-anchor="story-the-gate"]'); await page.keyboard.press("Enter"); await page.waitForSelector("#desk .mark");
    await page.focus("#main"); await page.keyboard.press("ArrowDown"); await page.waitForTimeout(100);
    seen.paragraph = await page.evaluate(() => document.activeElement.dataset.anchor);
    await page.keyboard.press("Enter"); await page.waitForTimeout(400);
    await page.focus('.views button[data-view="overview"]'); await page.keyboard.press("Enter"); await page.waitForSelector(".card .more");
    const order = () => page.$$eval("#c-setting-out .card", (cards) => cards.map((card) => card.dataset.id));
    seen.order = [await order()];
    const text = read(index);
    await page.focus('.card[data-id="first-lap"] .more');
    await page.keyboard.press("Space"); await page.keyboard.press("ArrowUp"); await page.keyboard.press("ArrowUp"); await page.keyboard.press("Escape");
    seen.back = JSON.stringify(await order()) === JSON.stringify(seen.order[0]) && read(index) === text;
    await page.keyboard.press("Space"); await page.keyboard.press("ArrowUp"); await page.keyboard.press("ArrowUp"); await page.keyboard.press("Space");
    await page.waitForFunction(() => document.querySelector("#c-setting-out .card").dataset.id === "first-lap" && document.body.dataset.board);
    await page.waitForFunction(() => /into/.test(document.querySelector(".plan .said").textContent));
    await idle(page); await page.waitForTimeout(700);
    seen.order.push(await order()); seen.said = await page.textContent(".plan .said");
    seen.written = read(index) !== text;
    await page.waitForFunction(() => !document.getElementById("undo").disabled);
    await page.press("#undo", "Enter");
    await page.waitForFunction(() => document.querySelector("#c-setting-out .card").dataset.id === "the-gate", null, { timeout: 20000 });
    seen.undone = read(index) === text;
  },

  // by mouse; a change on the disk meanwhile is never overwritten
  async arrange() {
    const page = await open();
    await view(page, "overview"); await page.waitForSelector(".card .more");
    const drag = async () => {
      await page.evaluate(() => document.querySelector(".board").scrollIntoView({ block: "center" }));
      const from = await (await page.$('.card[data-id="first-lap"] h4')).boundingBox(), to = await (await page.$('.card[data-id="the-gate"] h4')).boundingBox();
      await page.mouse.move(from.x + 10, from.y + 5); await page.mouse.down(); await page.mouse.move(to.x + 15, to.y - 6, { steps: 6 }); await page.mouse.up();
    };
    const text = read(index);
    await page.route("**/arrange", async (route) => { fs.writeFileSync(index, text.replace("# This file is the book", "# Typed just now: the book")); await route.continue(); });
    await drag();
    await page.waitForFunction(() => /changed meanwhile/.test(document.querySelector(".plan .said").textContent));
    seen.kept = read(index).includes("Typed just now") && read(index).includes("[the-gate, first-lap]");
    await page.unroute("**/arrange");
    await idle(page); await page.waitForTimeout(1200);
    await drag();
    await page.waitForFunction(() => /First Lap into Setting Out/.test(document.querySelector(".plan .said").textContent));
    seen.written = read(index).includes("[first-lap, the-gate]") && read(index).includes("Typed just now");
    await page.waitForTimeout(900);
    await page.click('.card[data-id="first-lap"] .more');
    await page.selectOption(".sheet-dialog label:has-text('Status') select", "cut");
    await page.waitForSelector('#c-cut .card[data-id="first-lap"]', { timeout: 20000 });
    seen.status = /status: cut/.test(read(index));
    await page.fill(".filters input", "gate"); await page.waitForTimeout(400);
    seen.sifted = await page.$$eval(".card:not(.out)", (cards) => cards.map((card) => card.dataset.id));
  },

  // text damaged by pasting: shown, repaired with one click, taken back with another
  async repair() {
    const file = story("the-gate.md"), text = `Donâ€™t look ${"🏃".repeat(70)} back, she said.\n\nAnd then?\n`;
    const page = await open();
    await idle(page);
    fs.writeFileSync(file, text);
    await page.waitForSelector("#repair:not([hidden])", { timeout: 20000 });
    seen.pill = await page.textContent("#repair");
    await page.click("#repair");
    await page.waitForSelector(".repairs li");
    seen.was = await page.textContent(".repairs .was"); seen.will = await page.textContent(".repairs .will"); seen.marked = [await page.textContent(".repairs del"), await page.textContent(".repairs ins")];
    await page.evaluate(axeSource).catch(() => {});
    await page.click(".sheet-dialog .act");
    await page.waitForFunction(() => /Repaired 1 line/.test(document.getElementById("toast").textContent));
    seen.repaired = read(file);
    await page.waitForSelector("#repair", { state: "hidden", timeout: 20000 });
    await page.click("#toast button");
    await page.waitForFunction(() => /Taken back/.test(document.getElementById("toast").textContent));
    seen.back = read(file) === text;
  },

  // a finger that rests on a card lifts it, one that moves at once scrolls, and a tap opens the sheet
  async touch() {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => seen.errors.push(error.message));
    await page.goto(link);
    await page.waitForSelector("#desk .leaf img[src]");
    await view(page, "overview"); await page.waitForSelector(".card .more");
    const finger = await context.newCDPSession(page), text = read(index);
    const touch = (type, x, y) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    await page.evaluate(() => document.querySelector('.card[data-id="first-lap"]').scrollIntoView({ block: "center", inline: "center" }));
    const middle = async (id) => { const box = await (await page.$(`.card[data-id="${id}"] h4`)).boundingBox(); return [box.x + 20, box.y + 6]; };
    const top = await page.evaluate(() => document.getElementById("main").scrollTop);
    let [x, y] = await middle("first-lap");
    await touch("touchStart", x, y); for (let by = 1; by <= 8; by++) { await touch("touchMove", x, y - 12 * by); await page.waitForTimeout(20); } await touch("touchEnd");
    await page.waitForTimeout(300);
    seen.scrolled = (await page.evaluate(() => document.getElementById("main").scrollTop)) !== top;
    seen.untouched = read(index) === text && !(await page.$(".ghost"));
    await page.evaluate(() => document.querySelector('.card[data-id="first-lap"]').scrollIntoView({ block: "center", inline: "center" }));
    await page.waitForTimeout(300);
    [x, y] = await middle("first-lap");
    const [, to] = await middle("the-gate");
    await touch("touchStart", x, y); await page.waitForTimeout(600);
    seen.lifted = Boolean(await page.$(".ghost"));
    for (let step = 1; step <= 6; step++) { await touch("touchMove", x, y + ((to - 12 - y) * step) / 6); await page.waitForTimeout(30); }
    await touch("touchEnd");
    await page.waitForFunction(() => /First Lap into Setting Out/.test(document.querySelector(".plan .said").textContent), null, { timeout: 20000 });
    seen.written = read(index).includes("[first-lap, the-gate]");
    seen.sheet = Boolean(await page.$("dialog[open]"));
    await page.waitForTimeout(1500);
    await page.tap('.card[data-id="the-gate"] h4');
    await page.waitForSelector("dialog[open]");
    seen.tapped = await page.textContent("dialog[open] h2");
    await context.close();
  },

  // the e-book's frame can run nothing
  async ebook() {
    const page = await open();
    await goTo(page, "story-the-gate");
    await view(page, "ebook");
    await page.waitForFunction(() => document.body.dataset.read);
    const frame = await (await page.$("#ebook")).contentFrame();
    seen.sandbox = await page.getAttribute("#ebook", "sandbox");
    seen.text = await frame.textContent("h1, h2");
    seen.scripts = await frame.evaluate(() => { const script = document.createElement("script"); script.textContent = "window.ran = true"; document.documentElement.append(script); return Boolean(window.ran); });
    await page.click('[data-theme="night"]'); await page.click("#larger");
    seen.look = await frame.evaluate(() => [document.documentElement.className, getComputedStyle(document.body).backgroundColor]);
    const file = story("the-gate.md");
    fs.writeFileSync(file, read(file).replace(/\n/, " A new sentence for the e-book.\n"));
    await page.waitForFunction(() => document.getElementById("ebook").contentDocument?.body?.textContent.includes("A new sentence for the e-book"), null, { timeout: 20000 });
    seen.part = await page.textContent("#toc [aria-current]");
  },
};

try { await scenarios[scenario](); } catch (error) { seen.failed = String(error.stack || error); }
await browser.close();
console.log(JSON.stringify(seen));
