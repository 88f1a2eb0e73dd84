// From a save to pixels in a real browser. Usage: node preview.mjs LINK FILE ANCHOR SAVES CHROMIUM MODULES
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [link, file, anchor, saves, chromiumPath, modules] = process.argv.slice(2);
const { chromium } = await import(pathToFileURL(path.join(modules, "playwright-core", "index.mjs")));
const browser = await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
await page.goto(link);
await page.waitForSelector("#desk .leaf img[src]", { timeout: 120000 });
await page.waitForFunction((name) => document.querySelector(`#toc [data-anchor="${name}"]`), anchor, { timeout: 120000 });
await page.evaluate((name) => document.querySelector(`#toc [data-anchor="${name}"]`).click(), anchor);
await page.waitForSelector("#desk .mark");
await page.waitForTimeout(3000);
const first = fs.readFileSync(file, "utf8"), times = [], parts = { "until the browser is told": [], "of it in milebook, after the save was noticed": [], "from then until it is painted": [] };
for (let number = 1; number <= Number(saves); number++) {
  const painted = page.evaluate(() => new Promise((done) => { // the pages that changed are there, and a frame has been shown since
    const wanted = document.querySelectorAll("#desk .leaf:not(.none)").length;
    let seen = 0, timer = 0;
    const watch = new MutationObserver((changes) => {
      const pictures = changes.filter((change) => [...change.addedNodes].some((node) => node.nodeName === "IMG")).length;
      if (!pictures) return; // the marks over the paragraphs come later, and are not seen
      seen += pictures;
      clearTimeout(timer);
      const end = () => { watch.disconnect(); done(window.shown); };
      requestAnimationFrame(() => requestAnimationFrame(() => { window.shown = performance.timeOrigin + performance.now(); if (seen >= wanted) end(); else timer = setTimeout(end, 400); }));
    });
    watch.observe(document.getElementById("desk"), { childList: true, subtree: true });
  }));
  await page.waitForTimeout(50);
  const began = performance.timeOrigin + performance.now();
  fs.writeFileSync(file, first.replace(/\n/, ` Save number ${number} is here.\n`));
  const shown = await painted, told = await page.evaluate(() => performance.timeOrigin + (performance.getEntriesByName("milebook-told").at(-1)?.startTime ?? 0));
  times.push(shown - began);
  [told - began, Number((await page.textContent("#status-text")).match(/(\d+) ms/)?.[1] ?? 0), shown - told].forEach((time, i) => Object.values(parts)[i].push(time));
  await page.waitForTimeout(1500);
}
fs.writeFileSync(file, first);
await browser.close();
console.log(JSON.stringify({ times, parts }));
