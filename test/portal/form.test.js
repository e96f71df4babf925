// The form: its first screen, its fields, and the claim that it makes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { input, more, open, part, portal, program, settled, shot, tab, yamlOf } from './page.js';

test('the first screen has a working example, its picture and its cost', async () => {
  const { page, errors } = await open();
  const visible = await page.evaluate(() => {
    const inside = (e) => {
      const { top, bottom, width } = e.getBoundingClientRect();
      return width > 0 && top >= 0 && bottom <= innerHeight;
    };
    const fields = ['metadata.name', 'metadata.namespace', 'spec.region', 'spec.environment', 'spec.cdn.domain', 'spec.app.services[0].image', 'spec.size'];
    return [...fields.map((f) => document.querySelector(`#top [name="${f}"]`)), document.getElementById('cost'), document.querySelector('#picture svg')].map(inside);
  });
  assert.deepEqual(visible, Array(9).fill(true));
  assert.match(await page.textContent('#cost'), /^[1-9][0-9.]+ USD per month$/);
  assert.equal(await input(page, 'spec.region').inputValue(), 'eu-west-1');
  assert.equal(await page.locator('#problems').isVisible(), false);
  assert.equal(await page.locator('[aria-invalid=true]').count(), 0);
  await shot(page, 'portal');
  assert.deepEqual(errors, []);
});

test('the form starts from another example, and Back returns', async () => {
  const { page, errors } = await open();
  await input(page, 'metadata.name').fill('mine');
  await settled(page);
  await page.getByLabel('Start from').selectOption('Functions');
  await page.waitForFunction(() => document.querySelector('[name="metadata.name"]').value === 'shop-lambda');
  await settled(page);
  assert.match(await page.textContent('#example-help'), /Lambda/);
  assert.ok(await page.locator('#picture', { hasText: 'Lambda' }).isVisible());
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('[name="metadata.name"]').value === 'mine');
  assert.equal(await page.getByLabel('Start from').inputValue(), '', 'an edited claim is not the example');
  assert.deepEqual(errors, []);
});

test('render accepts the copied claim and has the same resources', async () => {
  const { page, errors } = await open();
  await input(page, 'metadata.name').fill('shop-portal');
  await input(page, 'spec.environment').selectOption('staging');
  await part(page, 'Network');
  await input(page, 'spec.network.availabilityZones').fill('3');
  await more(page, 'Network');
  await page.getByRole('button', { name: 'Add entry to Egress' }).click();
  await input(page, 'spec.network.egress[0].cidrs').fill('203.0.113.0/24');
  await input(page, 'spec.tags').fill('cost-center: 1234\nteam: shops');
  await settled(page, '^Updating');
  await settled(page, '^Valid: [1-9]\\d\\d resources, [1-9]\\d\\d controls met\\.$');
  await page.getByRole('button', { name: 'Copy claim' }).click();
  const yaml = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(yaml, await yamlOf(page));
  assert.match(yaml, /^ {4}availabilityZones: 3$/m);
  const rendered = execFileSync(program, ['render', '-', '--converged', '-o', 'table'], { input: yaml }).toString();
  await tab(page, 'Resources');
  const rows = await page.locator('#resources tr:has(td)').count();
  assert.equal(rendered.trim().split('\n').length - 1, rows);
  const tiers = await page.locator('#resources th[scope=rowgroup]').allTextContents();
  assert.equal(tiers.reduce((sum, t) => sum + Number(t.split(': ')[1]), 0), rows);
  assert.deepEqual(errors, []);
});

test('an image in an empty form adds a service, and clearing it removes the service', async () => {
  const { page, errors } = await open();
  await page.getByLabel('Start from').selectOption('Defaults');
  await page.waitForFunction(() => document.querySelector('[name="spec.app.services[0].image"]').value === '');
  await settled(page);
  const before = await yamlOf(page);
  assert.doesNotMatch(before, /app:/);
  await input(page, 'spec.app.services[0].image').fill('example.com/shop:1');
  assert.match(await yamlOf(page), /^ {2}app:\n {4}services:\n {6}- image: "?example.com\/shop:1"?$/m);
  await input(page, 'spec.app.services[0].image').fill('');
  assert.doesNotMatch(await yamlOf(page), /app:/);
  assert.deepEqual(errors, []);
});

test('optional parts are included on request, and lists grow and shrink', async () => {
  const { page, errors } = await open();
  await part(page, 'Database');
  await part(page, 'Proxy');
  await input(page, 'spec.database.proxy').check();
  assert.match(await yamlOf(page), /^ {4}proxy: \{\}$/m);
  await part(page, 'Network');
  await more(page, 'Network');
  for (const [i, words] of ['Office', 'Partner'].entries()) {
    await page.getByRole('button', { name: 'Add entry to Additional ingress' }).click();
    await input(page, `spec.network.ingress[${i}].description`).fill(words);
    await input(page, `spec.network.ingress[${i}].port`).fill('8080');
    await input(page, `spec.network.ingress[${i}].cidrs`).fill('10.20.0.0/16');
  }
  await page.getByRole('button', { name: 'Remove Additional ingress 1' }).click();
  await settled(page, '^Updating');
  await settled(page);
  assert.equal(await input(page, 'spec.network.ingress[0].description').inputValue(), 'Partner');
  assert.equal(await page.locator('[name="spec.network.ingress[1].description"]').count(), 0);
  assert.match(await yamlOf(page), /^ {6}- description: Partner\n {8}port: 8080\n {8}cidrs:\n {10}- "10\.20\.0\.0\/16"$/m);
  assert.deepEqual(errors, []);
});

test('a tile of the picture shows its resources, by mouse and by keyboard', async () => {
  const { page, errors } = await open();
  assert.match(await page.locator('#part').textContent(), /^Select a part/);
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

test('if the browser does not copy, the claim is selected', async () => {
  const { page } = await open();
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed')); });
  await page.locator('#copy').click();
  await page.getByRole('button', { name: 'Press Ctrl+C to copy' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), await yamlOf(page));
});

test('requests from other pages are refused', async () => {
  const asked = await fetch(`${portal.address}/api/form`, { headers: { Origin: 'http://evil.example' } });
  assert.equal(asked.status, 403);
  assert.equal((await fetch(`http://localhost:${new URL(portal.address).port}/api/form`)).status, 200);
});
