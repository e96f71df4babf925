// Problems: when they show, where, and how the list leads to the fields.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { input, messageAt, more, open, part, settled, shot, yamlOf } from './page.js';

const neutral = '^The claim is incomplete';

test('a problem shows once its field was touched', async () => {
  const { page, errors } = await open();
  await part(page, 'Network');
  await more(page, 'Network');
  await page.getByRole('button', { name: 'Add entry to Additional ingress' }).click();
  await settled(page, neutral);
  assert.equal(await page.locator('#problems').isVisible(), false);
  assert.equal(await page.locator('[aria-invalid=true]').count(), 0);
  const words = input(page, 'spec.network.ingress[0].description');
  await words.focus();
  await words.blur();
  await settled(page, '^1 problem to fix');
  assert.equal(await words.getAttribute('aria-invalid'), 'true');
  assert.match(await messageAt(page, words), /is required/);
  assert.equal(await page.locator('#problems li').count(), 1);
  assert.deepEqual(errors, []);
});

test('all problems show once the user copies', async () => {
  const { page } = await open();
  await part(page, 'Network');
  await more(page, 'Network');
  await page.getByRole('button', { name: 'Add entry to Additional ingress' }).click();
  await settled(page, neutral);
  await page.getByRole('button', { name: 'Copy claim' }).click();
  await settled(page, '^1 problem to fix');
  assert.ok(await page.locator('#problems').isVisible());
});

test('typing shows no problem until the field is left', async () => {
  const { page } = await open();
  await input(page, 'spec.cdn.domain').fill('shop_');
  await settled(page, neutral);
  assert.equal(await input(page, 'spec.cdn.domain').getAttribute('aria-invalid'), 'false');
  await input(page, 'spec.cdn.domain').blur();
  await settled(page, '^1 problem');
  assert.equal(await input(page, 'spec.cdn.domain').getAttribute('aria-invalid'), 'true');
});

test('a bad value has its message at the field, and the list leads to it', async () => {
  const { page, errors } = await open();
  await part(page, 'Network');
  const cidr = input(page, 'spec.network.cidr');
  await cidr.fill('8.8.0.0/16');
  await cidr.blur();
  await settled(page, '^1 problem to fix');
  assert.match(await messageAt(page, cidr), /private range/);
  await part(page, 'Network');
  assert.equal(await cidr.isVisible(), false);
  assert.match(await page.locator('summary:visible', { hasText: /^Network/ }).textContent(), /1 problem$/);
  await page.locator('#problems a').click();
  assert.ok(await cidr.isVisible());
  assert.equal(await page.evaluate(() => document.activeElement.name), 'spec.network.cidr');
  await shot(page, 'portal-problem');
  await cidr.fill('10.8.0.0/16');
  await settled(page);
  assert.equal(await cidr.getAttribute('aria-invalid'), 'false');
  assert.equal(await page.locator('#problems').isVisible(), false);
  assert.deepEqual(errors, []);
});

test('the list leads into nested parts and less common settings', async () => {
  const { page, errors } = await open();
  for (const [title, name] of [['Database'], ['Instance', 'spec.database.instance'], ['Storage', 'spec.database.instance.storage']]) {
    await part(page, title);
    if (name) await input(page, name).check();
  }
  await more(page, 'Storage');
  const iops = input(page, 'spec.database.instance.storage.iops');
  await iops.fill('1');
  await iops.blur();
  await settled(page, '^1 problem to fix');
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = false; }));
  assert.equal(await iops.isVisible(), false);
  await page.locator('#problems a').focus();
  await page.keyboard.press('Enter');
  assert.ok(await iops.isVisible());
  assert.equal(await page.evaluate(() => document.activeElement.name), 'spec.database.instance.storage.iops');
  assert.deepEqual(errors, []);
});

test('a problem of an unknown field leads to the YAML', async () => {
  const { page } = await open();
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.locator('#yaml').fill((await yamlOf(page)).replace('  region:', '  regoin: 1\n  region:'));
  await settled(page, '^1 problem to fix');
  assert.match(await page.textContent('#problems'), /spec\.regoin: .*region/);
  await page.getByRole('tab', { name: 'Architecture' }).click();
  await page.locator('#problems a').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'yaml');
});

test('a part that was included shows no problem of its untouched fields', async () => {
  const { page } = await open();
  await part(page, 'Assets');
  await more(page, 'Assets');
  await part(page, 'Replica');
  await input(page, 'spec.assets.replica').check();
  await settled(page, neutral);
  await input(page, 'spec.assets.replica').blur();
  await page.waitForTimeout(100);
  assert.equal(await page.locator('#problems').isVisible(), false);
  await input(page, 'spec.assets.replica.region').focus();
  await input(page, 'spec.assets.replica.region').blur();
  await settled(page, '^1 problem to fix');
});
