// Run axe-core on HTML documents in a headless browser: `node axe.mjs report.html ...`.
// Ends with 1 where a document breaks any rule, or asks the network for anything, or is too wide for a small screen.
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
