// Run axe-core on HTML documents in a headless browser: `node axe.mjs report.html ...`.
// Ends with 1 where a document breaks any rule, asks the network for anything, is too wide for a small screen, or has
// words that are cut off or stand over what is beside them.
// The browser is the machine's own; CHROMIUM names it where it is not at the usual place.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const widths = [1280, 360];
const documents = process.argv.slice(2);
if (documents.length === 0) {
  console.error("name the HTML documents to look at");
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
// Texts that reach out of what holds them: over the next cell, or cut off at an edge that can't be scrolled.
const spilt = () => {
  const found = [];
  for (const holder of document.querySelectorAll("h1, h2, h3, h4, p, li, th, td, caption, figcaption, legend, label")) {
    const box = holder.getBoundingClientRect();
    if (box.width < 2 || !holder.textContent.trim() || holder.matches(".skip-link")) continue;
    const range = document.createRange();
    range.selectNodeContents(holder);
    const held = range.getBoundingClientRect();
    const cut = getComputedStyle(holder).overflowY === "hidden" && holder.scrollHeight > holder.clientHeight + 1;
    if (held.right > box.right + 1.5 || held.left < box.left - 1.5 || cut) found.push(holder.textContent.trim().slice(0, 60));
  }
  return found;
};
let wrong = 0;
let passes = 0;
for (const name of documents) {
  for (const width of widths) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const asked = [];
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) asked.push(request.url());
    });
    await page.goto(pathToFileURL(resolve(name)).href);
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run());
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    passes += found.passes.length;
    for (const rule of found.violations) {
      wrong += 1;
      const places = rule.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
      console.log(`${name} at ${width}: ${rule.id} (${rule.impact}), ${rule.nodes.length} places: ${places}`);
    }
    for (const address of asked) {
      wrong += 1;
      console.log(`${name} at ${width}: asks the network for ${address}`);
    }
    for (const words of await page.evaluate(spilt)) {
      wrong += 1;
      console.log(`${name} at ${width}: spills out of its place: ${words}`);
    }
    if (overflow > 0) {
      wrong += 1;
      console.log(`${name} at ${width}: ${overflow} pixels too wide`);
    }
    await page.close();
  }
}
await browser.close();
console.log(`${documents.length} documents at ${widths.join(" and ")} pixels: ${passes} rules kept, ${wrong} broken`);
process.exit(wrong ? 1 : 0);
