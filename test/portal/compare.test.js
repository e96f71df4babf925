// The comparison with an existing claim.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { excerpt, lineDiff } from '../../internal/portal/static/lines.js';
import { input, open, program, shot, tab, yamlOf } from './page.js';

const planned = (page, pattern) => page.waitForFunction((p) => new RegExp(p).test(document.getElementById('plan').textContent), pattern);

test('an edit shows its lines and the resources that it changes', async () => {
  const { page, errors } = await open();
  await tab(page, 'Compare');
  await page.getByRole('button', { name: 'Use the current claim' }).click();
  await planned(page, '^[1-9]\\d* unchanged\\.');
  assert.equal(await page.textContent('#lines'), 'The claims are identical.');
  const before = await yamlOf(page);
  await input(page, 'spec.size').selectOption('large');
  await planned(page, 'to create');
  assert.match(await page.textContent('#lines'), /Added: \+ {3}size: large\n/);
  assert.equal(await page.locator('#lines ins, #lines del').count(), 1);
  assert.match(await page.textContent('#entries'), /Change database .*instanceClass: "db\.t3\.micro" → "db\.r6g\.large"/);
  await shot(page, 'portal-compare');
  const rendered = (claim, ...options) => execFileSync(program, ['render', claim, '--converged', ...options]).toString();
  const [was, is] = await files(before, await yamlOf(page));
  const [held] = await files(rendered(was));
  const plan = JSON.parse(rendered(is, '--diff', '--observed', held, '-o', 'json'));
  assert.equal(await page.locator('#entries > li').count(), plan.entries.length);
  assert.match(await page.textContent('#plan'), new RegExp(`${plan.monthlyUSD.before} → ${plan.monthlyUSD.after} USD per month`));
  assert.deepEqual(errors, []);
});

// files writes texts to files, which render reads.
async function files(...texts) {
  const { mkdtemp, writeFile } = await import('node:fs/promises');
  const directory = await mkdtemp(`${(await import('node:os')).tmpdir()}/portal-`);
  return Promise.all(texts.map(async (text, i) => {
    await writeFile(`${directory}/${i}.yaml`, text);
    return `${directory}/${i}.yaml`;
  }));
}

test('a change that the API server refuses has its message', async () => {
  const { page } = await open();
  await tab(page, 'Compare');
  await page.getByRole('button', { name: 'Use the current claim' }).click();
  await planned(page, 'unchanged');
  await input(page, 'spec.region').selectOption('us-east-1');
  await planned(page, 'spec\\.region: region cannot be changed');
  assert.equal(await page.locator('#entries > li').count(), 0);
  await input(page, 'spec.region').selectOption('eu-west-1');
  await planned(page, 'unchanged');
  await input(page, 'metadata.name').fill('other');
  await planned(page, 'second stack');
});

test('a pasted claim is the baseline, in any order of its fields', async () => {
  const { page } = await open();
  await tab(page, 'Compare');
  const existing = 'kind: SecureEcommerce\n# A comment.\nspec:\n  app: {services: [{image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.2"}]}\n  cdn: {domain: old.example.com}\n  region: eu-west-1\nmetadata: {namespace: shop-team, name: shop}\napiVersion: platform.secure-ecommerce.dev/v1alpha1\n';
  await page.locator('#baseline').fill(existing);
  await planned(page, 'to change');
  assert.deepEqual(await page.locator('#lines ins, #lines del').allTextContents(), ['Removed: -     domain: old.example.com\n', 'Added: +     domain: shop.example.com\n']);
  await page.locator('#baseline').fill('{');
  await page.getByText('The claim is not valid YAML').waitFor();
  assert.equal(await page.locator('#changes').isVisible(), false);
  await page.locator('#baseline').fill(existing.replace('eu-west-1\n', 'mars\n'));
  await planned(page, '^The existing claim is not valid: spec\\.region');
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await page.locator('#changes').isVisible(), false);
});

test('the line diff has the lines of both texts in their order', () => {
  const words = (before, after) => lineDiff(before.join('\n'), after.join('\n')).map((l) => l.mark + l.text);
  assert.deepEqual(words(['a', 'b', 'c'], ['a', 'x', 'c', 'd']), [' a', '-b', '+x', ' c', '+d']);
  assert.deepEqual(words(['a'], ['a']), [' a']);
  const many = Array.from({ length: 3000 }, (_, i) => `line ${i}`);
  assert.equal(words(many, [...many].reverse()).length, 6000);
});

test('the excerpt has the changed lines with three lines around each', () => {
  const before = Array.from({ length: 20 }, (_, i) => `${i}`);
  const after = before.map((l) => (l === '10' ? 'x' : l));
  const words = excerpt(lineDiff(before.join('\n'), after.join('\n'))).map((l) => l.mark + l.text);
  assert.deepEqual(words, ['…', ' 7', ' 8', ' 9', '-10', '+x', ' 11', ' 12', ' 13', '…']);
});
