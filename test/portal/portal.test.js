// A person's way through the portal's page, in a real browser: Chromium of the
// machine, by CHROMIUM or in its usual place. With SCREENSHOTS the pictures of
// docs/screenshots are taken anew.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const root = new URL('../..', import.meta.url).pathname;
const program = `${root}bin/function`;

let server, address, browser;

before(async () => {
  server = spawn(program, ['portal', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  address = (await once(server.stdout, 'data')).toString().trim();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});

after(async () => {
  await browser?.close();
  server?.kill();
});

// opened is the page once the function has answered.
async function opened(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  page.on('console', (m) => m.type() === 'error' && !m.text().includes('422') && errors.push(m.text()));
  await page.goto(address);
  await page.waitForFunction(() => !/Loading|Asking/.test(document.getElementById('state').textContent));
  return { page, errors };
}

const settled = (page, pattern) => page.waitForFunction((p) => new RegExp(p).test(document.getElementById('state').textContent), pattern);

// shot takes a picture, in as few colours as a page has, so that it stays small.
async function shot(page, name) {
  if (!process.env.SCREENSHOTS) return;
  await sharp(await page.screenshot()).png({ palette: true, colours: 64, effort: 10 }).toFile(`${root}docs/screenshots/${name}.png`);
}

// accessible fails by what axe finds against WCAG 2.1, level AA, with all parts open.
async function accessible(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`), []);
}

test('says at once what is missing', async () => {
  const { page, errors } = await opened();
  assert.equal(await page.textContent('#state'), 'One thing has to change.');
  const region = page.getByLabel('Region', { exact: false }).first();
  assert.equal(await region.getAttribute('aria-invalid'), 'true');
  assert.deepEqual(errors, []);
});

test('a claim that is right shows what comes of it, and render accepts it', async () => {
  const { page, errors } = await opened();
  await page.getByLabel('Name of the claim').fill('shop-portal');
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await page.locator('select[name="spec.environment"]').selectOption('staging');
  await page.locator('summary', { hasText: /^Network$/ }).click();
  await page.locator('input[name="spec.network.availabilityZones"]').fill('3');
  await more(page, 'Network');
  await page.getByRole('button', { name: 'Add egress' }).click();
  await page.locator('textarea[name="spec.network.egress[0].cidrs"]').fill('203.0.113.0/24');
  await page.locator('textarea[name="spec.tags"]').fill('cost-center: 1234\nteam: shops');
  await settled(page, '^\\d+ resources, \\d+ controls met, about [0-9.]+ USD');
  assert.ok(await page.locator('#picture svg').isVisible());
  assert.match(await page.textContent('#state'), /, [1-9]\d\d controls met,/);
  await page.locator('#copy').click();
  const yaml = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(yaml, await page.textContent('#yaml'));
  assert.match(yaml, /^ {4}availabilityZones: 3$/m);
  const rendered = execFileSync(program, ['render', '-', '--converged', '-o', 'table'], { input: yaml }).toString();
  const rows = await page.locator('#resources tr:has(td)').count();
  assert.equal(rendered.trim().split('\n').length - 1, rows);
  const tiers = await page.locator('#resources th[scope=rowgroup]').allTextContents();
  assert.deepEqual(tiers.map((t) => t.replace(/: [1-9]\d*$/, '')).filter((t) => ['database', 'network'].includes(t)), ['database', 'network']);
  assert.equal(tiers.reduce((sum, t) => sum + Number(t.split(': ')[1]), 0), rows);
  await page.evaluate(() => scrollTo(0, 0));
  await shot(page, 'portal');
  assert.deepEqual(errors, []);
});

test('a tile shows what it stands for, by mouse and by keyboard', async () => {
  const { page, errors } = await opened();
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await settled(page, 'resources');
  assert.equal(await page.locator('#part').isVisible(), false);
  await page.locator('#picture [data-resources~="database"]').hover();
  assert.match(await page.locator('#part').textContent(), /RDS PostgreSQL.*1 × rds\/Instance.*database-subnet-group/);
  await page.locator('#picture [data-resources~="assets-bucket"]').click();
  assert.match(await page.locator('#part').textContent(), /^Assets, S3 bucket.*assets-bucket-encryption/);
  await page.locator('#state').hover();
  assert.match(await page.locator('#part').textContent(), /^Assets/);
  const before = await page.locator('#part strong').textContent();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.locator('#part strong').textContent(), before);
  assert.equal(await page.locator('#picture [tabindex="0"]').count(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('tabindex')), '0');
  assert.deepEqual(errors, []);
});

test('a bad value shows its message at the field', async () => {
  const { page, errors } = await opened();
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await settled(page, 'resources');
  await page.locator('summary', { hasText: /^Network$/ }).click();
  await page.locator('input[name="spec.network.cidr"]').fill('8.8.0.0/16');
  await settled(page, 'has to change');
  const cidr = page.locator('input[name="spec.network.cidr"]');
  assert.equal(await cidr.getAttribute('aria-invalid'), 'true');
  const message = await page.locator(`#${await cidr.getAttribute('aria-describedby')}`).textContent();
  assert.match(message, /private range/);
  await cidr.evaluate((e) => e.parentElement.scrollIntoView({ block: 'center' }));
  await shot(page, 'portal-problem');
  await cidr.fill('10.8.0.0/16');
  await settled(page, 'resources');
  assert.equal(await cidr.getAttribute('aria-invalid'), 'false');
  assert.deepEqual(errors, []);
});

test('what is optional is there only if it is asked for, and lists grow', async () => {
  const { page, errors } = await opened();
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await settled(page, 'resources');
  await page.locator('summary', { hasText: /^Database$/ }).click();
  await page.locator('summary', { hasText: /^Proxy$/ }).click();
  await page.locator('input[name="spec.database.proxy"]').check();
  await page.locator('summary', { hasText: /^Network$/ }).click();
  await more(page, 'Network');
  await page.getByRole('button', { name: 'Add further ingress' }).click();
  await settled(page, 'has to change');
  await page.locator('input[name="spec.network.ingress[0].description"]').fill('Office');
  await page.locator('input[name="spec.network.ingress[0].port"]').fill('8080');
  await page.locator('textarea[name="spec.network.ingress[0].cidrs"]').fill('10.20.0.0/16');
  await settled(page, 'resources');
  const yaml = await page.textContent('#yaml');
  assert.match(yaml, /^ {4}proxy: \{\}$/m);
  assert.match(yaml, /^ {6}- description: Office\n {8}port: 8080\n {8}cidrs:\n {10}- "10\.20\.0\.0\/16"$/m);
  assert.deepEqual(errors, []);
});

// more opens what a part of the form shows on request.
const more = (page, part) => page.locator('details', { has: page.locator(`> summary:text-is("${part}")`) }).locator('> div > details > summary:text-is("More settings")').click();

// tabTo says how often Tab has to be pressed to reach an element.
async function tabTo(page, id) {
  let pressed = 0;
  for (; pressed < 300 && await page.evaluate((i) => document.activeElement.id !== i, id); pressed++) await page.keyboard.press('Tab');
  return pressed;
}

test('what is wrong is shown, also among further settings', async () => {
  const { page, errors } = await opened();
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await settled(page, 'resources');
  for (const [part, name] of [['Database'], ['Instance', 'spec.database.instance'], ['Storage', 'spec.database.instance.storage']]) {
    await page.locator('summary:visible', { hasText: new RegExp(`^${part}$`) }).click();
    if (name) await page.locator(`input[name="${name}"]`).check();
  }
  const further = page.locator('summary:visible:text-is("More settings")').first();
  await further.click();
  const iops = page.locator('input[name="spec.database.instance.storage.iops"]');
  await iops.fill('1');
  await further.click();
  await settled(page, 'has to change');
  assert.ok(await iops.isVisible());
  assert.equal(await iops.getAttribute('aria-invalid'), 'true');
  assert.deepEqual(errors, []);
});

test('the keyboard alone will do', async () => {
  const { page, errors } = await opened();
  await page.locator('#name').focus();
  await page.keyboard.press('Tab'); // Namespace.
  await page.keyboard.press('Tab'); // Region.
  assert.equal(await page.evaluate(() => document.activeElement.name), 'spec.region');
  await page.keyboard.type('us-west-2');
  await settled(page, 'resources');
  assert.match(await page.textContent('#yaml'), /region: us-west-2/);
  await tabTo(page, 'copy');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('copy').textContent === 'Copied');
  await page.goto(`${address}?again`);
  await settled(page, 'has to change');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.ok(await tabTo(page, 'copy') < 8, 'who skips the form is close to the claim');
  assert.deepEqual(errors, []);
});

test('a phone has room for it, and nothing is cut off', async () => {
  const { page, errors } = await opened({ viewport: { width: 390, height: 844 } });
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await settled(page, 'resources');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await page.locator('#result').scrollIntoViewIfNeeded();
  await page.evaluate(() => document.getElementById('result').scrollIntoView());
  await shot(page, 'portal-phone');
  assert.deepEqual(errors, []);
});

test('dark is dark', async () => {
  const { page, errors } = await opened({ colorScheme: 'dark' });
  await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
  await settled(page, 'resources');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(18, 23, 39)');
  await shot(page, 'portal-dark');
  assert.deepEqual(errors, []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing that keeps people out, ${colorScheme}`, async () => {
    const { page } = await opened({ colorScheme });
    await accessible(page);
    await page.locator('select[name="spec.region"]').selectOption('eu-west-1');
    await page.locator('input[name="spec.database.proxy"]').check();
    await page.getByRole('button', { name: 'Add further ingress' }).click();
    await settled(page, 'has to change');
    await accessible(page);
    await page.getByRole('button', { name: 'Remove' }).click();
    await settled(page, 'resources');
    await accessible(page);
  });
}

test('where the browser copies nothing, the claim is selected', async () => {
  const { page } = await opened();
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); });
  await page.locator('#copy').click();
  await page.waitForFunction(() => /Selected/.test(document.getElementById('copy').textContent));
  assert.equal(await page.evaluate(() => getSelection().toString().trim()), (await page.textContent('#yaml')).trim());
});

test('nobody else may call it', async () => {
  const port = new URL(address).port;
  const asked = await fetch(`${address}/api/schema`, { headers: { Origin: 'http://evil.example' } });
  assert.equal(asked.status, 403);
  assert.equal((await fetch(`http://localhost:${port}/api/schema`)).status, 200);
});
