// The portal and a browser for the tests: Chromium, from CHROMIUM or its usual place.
// With SCREENSHOTS, the tests update the pictures of docs/screenshots.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const root = new URL('../..', import.meta.url).pathname;
export const program = `${root}bin/function`;
export const portal = {};

let server, browser;

before(async () => {
  server = spawn(program, ['portal', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  portal.address = (await once(server.stdout, 'data')).toString().trim();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  server?.kill();
});

// settled waits until the state matches.
export const settled = (page, pattern = '^Valid') => page.waitForFunction((p) => new RegExp(p).test(document.getElementById('state').textContent), pattern);

// open returns the page once the function has answered. Errors in its console are in
// errors; an invalid claim is none.
export async function open({ fragment = '', state, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  const errors = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && !m.text().includes('422') && errors.push(m.text()));
  await page.goto(portal.address + fragment);
  await settled(page, state);
  return { page, errors };
}

export const input = (page, path) => page.locator(`[name="${path}"]`).first();

export const tab = (page, name) => page.getByRole('tab', { name }).click();

export const yamlOf = (page) => page.inputValue('#yaml');

// part opens a collapsed part of the form by its title.
export const part = (page, title) => page.locator('summary:visible', { hasText: new RegExp(`^${title}\\b`) }).first().click();

// more opens the less common settings of a part.
export const more = (page, title) => page.locator('details', { has: page.locator(`> summary > span:text-is("${title}")`) }).locator('> div > details > summary:text-is("More settings")').click();

// messageAt returns the message that a field is described by.
export async function messageAt(page, field) {
  const id = (await field.getAttribute('aria-describedby')).split(' ').at(-1);
  return page.locator(`[id="${id}"]`).textContent();
}

// shot takes a picture with the few colors of a page, so that it stays small.
export async function shot(page, name) {
  if (!process.env.SCREENSHOTS) return;
  await sharp(await page.screenshot()).png({ palette: true, colours: 64, effort: 10 }).toFile(`${root}docs/screenshots/${name}.png`);
}

// accessible fails if axe finds a violation of WCAG 2.1, level AA, with all parts open.
export async function accessible(page, selector = 'html') {
  await page.evaluate(axe.source);
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  const { violations } = await page.evaluate((s) => window.axe.run(s, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }), selector);
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`), []);
}
