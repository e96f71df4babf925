// The claim as YAML: pasted into the page, and written by the form.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { input, open, settled, tab, yamlOf } from './page.js';

const pasted = `# Our shop.
apiVersion: platform.secure-ecommerce.dev/v1alpha1
kind: SecureEcommerce
metadata:
  name: pasted
  namespace: team-z
  labels:
    owner: checkout
  annotations: {"example.com/ticket": "42"}
spec:
  region: eu-central-1
  compositionUpdatePolicy: Manual
  writeConnectionSecretToRef: {name: connection}
  database:
    engine: aurora-postgresql
    version: "17"
    aurora: {serverless: {minCapacity: "1.5", maxCapacity: 24}}
  tags: {cost-center: "0815"}
`;

test('a pasted claim fills in the form, and an edit keeps fields that the form does not show', async () => {
  const { page, errors } = await open();
  await tab(page, 'YAML');
  await page.locator('#yaml').fill(pasted);
  await page.waitForFunction(() => document.querySelector('[name="metadata.name"]').value === 'pasted');
  await settled(page);
  assert.equal(await input(page, 'spec.region').inputValue(), 'eu-central-1');
  assert.equal(await input(page, 'spec.database.aurora.serverless.minCapacity').inputValue(), '1.5');
  assert.equal(await input(page, 'spec.tags').inputValue(), 'cost-center: 0815');
  assert.equal(await yamlOf(page), pasted, 'the text stays as it was pasted');
  await input(page, 'spec.size').selectOption('large');
  const yaml = await yamlOf(page);
  for (const kept of [/^ {4}owner: checkout$/m, /^ {4}"?example\.com\/ticket"?: "42"$/m, /^ {2}compositionUpdatePolicy: Manual$/m, /^ {4}name: connection$/m, /minCapacity: "1\.5"$/m, /maxCapacity: 24$/m, /cost-center: "0815"$/m]) {
    assert.match(yaml, kept);
  }
  assert.match(yaml, /^ {2}size: large$/m);
  await settled(page);
  assert.deepEqual(errors, []);
});

test('the form and the YAML follow each other', async () => {
  const { page } = await open();
  await tab(page, 'YAML');
  await input(page, 'metadata.name').fill('one');
  assert.match(await yamlOf(page), /^ {2}name: one$/m);
  await page.locator('#yaml').fill((await yamlOf(page)).replace('name: one', 'name: two'));
  await page.waitForFunction(() => document.querySelector('[name="metadata.name"]').value === 'two');
});

test('text that is not a claim keeps the form and shows the message of the reader', async () => {
  const { page, errors } = await open();
  await tab(page, 'YAML');
  for (const [text, message] of [
    ['spec: {', /The claim is not valid YAML/],
    [pasted + pasted.replace('# Our shop.', '---'), /more than one object/],
    [`${pasted}kind: SecureEcommerce\n`, /"kind" is set more than once/],
    ['kind: Deployment', /kind: .*use SecureEcommerce/],
  ]) {
    await page.locator('#yaml').fill(text);
    await page.waitForFunction((m) => new RegExp(m).test(document.getElementById('yaml-problem').textContent), message.source);
    assert.equal(await page.getAttribute('#yaml', 'aria-invalid'), 'true');
    assert.equal(await input(page, 'metadata.name').inputValue(), 'shop');
  }
  assert.deepEqual(errors, []);
});

test('a value that YAML reads as another type has the message with its line', async () => {
  const { page } = await open();
  await tab(page, 'YAML');
  await page.locator('#yaml').fill(pasted.replace('"17"', '17'));
  await settled(page, '^1 problem to fix');
  assert.match(await page.textContent('#problems'), /version: "17".*line 16/);
});

test('a file opens', async () => {
  const { page } = await open();
  await tab(page, 'YAML');
  await page.getByRole('tabpanel', { name: 'YAML' }).getByLabel('Open a file').setInputFiles({ name: 'claim.yaml', mimeType: 'application/yaml', buffer: Buffer.from(pasted) });
  await page.waitForFunction(() => document.querySelector('[name="metadata.name"]').value === 'pasted');
});

test('an edit in the form wins over an answer about older YAML', async () => {
  const { page } = await open();
  await tab(page, 'YAML');
  await page.route('**/api/claim', async (route) => {
    await new Promise((resolve) => { setTimeout(resolve, 800); });
    await route.continue();
  });
  const asked = page.waitForRequest('**/api/claim');
  await page.locator('#yaml').fill(pasted);
  await asked;
  await input(page, 'metadata.name').fill('newer');
  await page.waitForTimeout(1500);
  assert.equal(await input(page, 'metadata.name').inputValue(), 'newer');
  assert.match(await yamlOf(page), /^ {2}name: newer$/m);
  assert.match(await yamlOf(page), /^ {2}region: eu-west-1$/m);
});

test('a portal that stopped has a message', async () => {
  const { page } = await open();
  await page.route('**/api/**', (route) => route.abort());
  await input(page, 'metadata.name').fill('other');
  await settled(page, '^Cannot reach the portal');
});
