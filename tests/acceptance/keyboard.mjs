// Walk through a report by the Tab key in a headless browser: `node keyboard.mjs report.html` prints, as JSON, where the
// focus went and whether it could be seen, then which rows of the rug an arrow key among its groups leaves.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(pathToFileURL(resolve(process.argv[2])).href);

const here = () => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const look = getComputedStyle(at);
  return {
    what: at.id || at.getAttribute("href") || at.tagName,
    in_rug: at.closest("#tbl-rug") !== null,
    seen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2,
    on_screen: box.width > 0 && box.bottom > 0 && box.top < window.innerHeight && box.right > 0,
  };
};
const rows = () => [...document.querySelectorAll("#tbl-rug tbody tr")].map((row) => row.offsetParent !== null);

const stops = [];
for (let step = 0; step < 120; step += 1) {
  await page.keyboard.press("Tab");
  const stop = await page.evaluate(here);
  if (stop.what === "BODY") break; // behind the last one
  stops.push(stop);
}
const before = await page.evaluate(rows);
await page.focus("#choice-0");
await page.keyboard.press("ArrowRight");
await page.keyboard.press("ArrowRight");
const after = await page.evaluate(rows);
const groups = await page.$$eval("#tbl-rug tbody tr", (found) => found.map((row) => row.className));
await page.focus("#tbl-rug tbody tr.group-2 a");
await page.keyboard.press("Enter");
const target = await page.evaluate(() => window.location.hash);
await browser.close();
console.log(JSON.stringify({ stops, before, after, groups, target }));
