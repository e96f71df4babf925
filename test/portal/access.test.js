// Access: the keyboard, screen readers, phones and both themes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, input, more, open, part, portal, settled, shot, tab, yamlOf } from './page.js';

// tabTo returns how often Tab is pressed to reach an element.
async function tabTo(page, id) {
  let pressed = 0;
  for (; pressed < 300 && await page.evaluate((i) => document.activeElement.id !== i, id); pressed++) await page.keyboard.press('Tab');
  return pressed;
}

test('the keyboard is enough', async () => {
  const { page, errors } = await open();
  await page.locator('[name="metadata.name"]').focus();
  await page.keyboard.press('Tab'); // Namespace.
  await page.keyboard.press('Tab'); // Region.
  assert.equal(await page.evaluate(() => document.activeElement.name), 'spec.region');
  await page.keyboard.type('us-west-2');
  assert.match(await yamlOf(page), /region: us-west-2/);
  assert.ok(await tabTo(page, 'copy') < 8, 'the claim is close to the fields at the top');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.getElementById('copy').textContent === 'Copied');
  await page.goto(`${portal.address}?again`);
  await settled(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'result');
  assert.ok(await tabTo(page, 'copy') < 3, 'the link skips the form');
  assert.deepEqual(errors, []);
});

test('arrow keys move between tabs', async () => {
  const { page } = await open();
  await page.locator('#tab-picture').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-yaml');
  assert.ok(await page.locator('#panel-yaml').isVisible());
  assert.equal(await page.locator('#panel-picture').isVisible(), false);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-resources');
});

test('each field at the top shows its help', async () => {
  const { page } = await open();
  await input(page, 'spec.size').focus();
  assert.match(await page.textContent('#help'), /db\.t3\.micro/);
  const described = await input(page, 'spec.size').getAttribute('aria-describedby');
  assert.match(await page.locator(`[id="${described.split(' ')[0]}"]`).textContent(), /db\.t3\.micro/);
});

for (const width of [400, 390, 320]) {
  test(`nothing is cut off on a phone, ${width} wide`, async () => {
    const { page, errors } = await open({ viewport: { width, height: 850 } });
    for (const view of ['YAML', 'Compare', 'Cost', 'Controls', 'Resources', 'Architecture']) {
      await tab(page, view);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, view);
    }
    await page.evaluate(() => scrollTo(0, 0));
    if (width === 400) await shot(page, 'portal-phone');
    assert.deepEqual(errors, []);
  });
}

// luminance of a color as the browser computes it (WCAG 2.1, "relative luminance").
function luminance(color) {
  const [r, g, b] = color.match(/[\d.]+/g).map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

for (const colorScheme of ['light', 'dark']) {
  test(`page and picture have contrast in the ${colorScheme} theme`, async () => {
    const { page } = await open({ colorScheme });
    const colors = await page.evaluate(() => {
      const style = (selector) => getComputedStyle(document.querySelector(selector));
      return {
        page: [style('body').color, style('body').backgroundColor],
        card: [style('#state').color, style('.card').backgroundColor],
        help: [style('#help').color, style('.card').backgroundColor],
        copy: [style('#copy').color, style('#copy').backgroundColor],
        name: [style('#picture .name').fill, style('#picture .page').fill],
        detail: [style('#picture .detail').fill, style('#picture .page').fill],
      };
    });
    for (const [what, [a, b]] of Object.entries(colors)) assert.ok(contrast(a, b) >= 4.5, `${what}: ${a} on ${b}`);
    assert.equal(luminance(colors.page[1]) < 0.1, colorScheme === 'dark');
    assert.equal(luminance(colors.name[1]) < 0.1, colorScheme === 'dark', 'the picture has the theme of the page');
    if (colorScheme === 'dark') await shot(page, 'portal-dark');
  });

  test(`axe finds no violation in the ${colorScheme} theme`, async () => {
    const { page } = await open({ colorScheme });
    await tab(page, 'Compare');
    await page.getByRole('button', { name: 'Use the current claim' }).click();
    await input(page, 'spec.size').selectOption('large');
    await page.waitForFunction(() => /to create/.test(document.getElementById('plan').textContent));
    for (const view of await page.getByRole('tab').all()) {
      await view.click();
      await accessible(page, '#result');
    }
    await input(page, 'spec.database.proxy').check();
    await page.getByRole('button', { name: 'Add entry to Additional ingress' }).click();
    await page.locator('#copy').click();
    await settled(page, 'problem.? to fix');
    await accessible(page);
  });
}

test('all parts of the form have labels for screen readers', async () => {
  const { page } = await open();
  await part(page, 'Network');
  await more(page, 'Network');
  await page.getByRole('button', { name: 'Add entry to Egress' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), 'Egress 1');
  await page.getByRole('button', { name: 'Remove Egress 1' }).click();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Add entry to Egress/);
});
