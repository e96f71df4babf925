// The link to a claim.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { input, open, settled, yamlOf } from './page.js';

const link = (text) => `#claim=${Buffer.from(text).toString('base64url')}`;

test('a copied link restores the form', async () => {
  const { page, errors } = await open();
  await input(page, 'metadata.name').fill('shared');
  await input(page, 'spec.tags').fill('team: Ümläut');
  await settled(page, '^Updating');
  await page.getByRole('button', { name: 'Copy link' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, page.url());
  const other = await open({ fragment: new URL(copied).hash, state: '.' });
  await other.page.waitForFunction(() => document.querySelector('[name="metadata.name"]').value === 'shared');
  assert.equal(await yamlOf(other.page), await yamlOf(page));
  assert.equal(await input(other.page, 'spec.tags').inputValue(), 'team: Ümläut');
  assert.deepEqual([...errors, ...other.errors], []);
});

test('the claim in a link is not sent in the address of a request', async () => {
  const { page } = await open();
  const asked = [];
  page.on('request', (r) => asked.push(r.url()));
  await page.reload();
  await settled(page);
  await input(page, 'metadata.name').fill('secret-name');
  await settled(page, '^Updating');
  await settled(page);
  await page.reload();
  await settled(page);
  assert.equal(await input(page, 'metadata.name').inputValue(), 'secret-name');
  assert.deepEqual(asked.filter((u) => u.includes('#claim') ? new URL(u).search !== '' : u.includes('claim=')), []);
});

test('an incomplete shared claim shows no problem yet', async () => {
  const { page } = await open({ fragment: link('apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nspec: {}\n'), state: '^The claim is incomplete' });
  assert.equal(await page.locator('#problems').isVisible(), false);
});

for (const [name, fragment, message] of [
  ['damaged', '#claim=%%%', /link is damaged/],
  ['no text', link(Buffer.from([0xff, 0xfe])), /link is damaged/],
  ['no claim', link('kind: Deployment'), /Deployment/],
  ['no YAML', link('{'), /not valid YAML/],
]) {
  test(`a link with ${name} has a message and shows the example`, async () => {
    const { page, errors } = await open({ fragment });
    assert.match(await page.textContent('#notice'), message);
    assert.match(await page.textContent('#notice'), /shows an example/);
    assert.equal(await input(page, 'metadata.name').inputValue(), 'shop');
    assert.ok(await page.locator('#picture svg').isVisible());
    assert.deepEqual(errors, []);
  });
}
