// A person's way through the template, in Backstage's own wizard and a real
// browser: Chromium of the machine, by CHROMIUM or in its usual place. With
// SCREENSHOTS the pictures of docs/screenshots are taken anew.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import nunjucks from 'nunjucks';
import { chromium } from 'playwright-core';
import { parse } from 'yaml';

const root = new URL('../..', import.meta.url).pathname;
const template = parse(readFileSync(`${root}portal/backstage/template.yaml`, 'utf8'));
const dist = new URL('dist/', import.meta.url).pathname;

let browser;

before(async () => {
  // As the scaffolder's backend hands a template's parameters to the wizard.
  const manifest = { title: template.metadata.title, steps: template.spec.parameters.map((p) => ({ title: p.title, description: p.description, schema: p })) };
  mkdirSync(dist, { recursive: true });
  writeFileSync(`${dist}index.html`, `<!doctype html><meta charset="utf-8"><div id="root"></div><script type="application/json" id="manifest">${JSON.stringify(manifest).replaceAll('<', '\\u003c')}</script><script src="form.js"></script>`);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
});

after(() => browser?.close());

async function opened() {
  const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
  const errors = [];
  page.on('pageerror', (e) => errors.push(String(e)));
  await page.goto(`file://${dist}index.html`);
  await page.getByText('Name of the claim.').waitFor();
  return { page, errors };
}

async function shot(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${root}docs/screenshots/${name}.png` });
}

async function choose(page, label, option) {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const next = async (page, title) => {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText(title, { exact: true }).first().waitFor();
};

// written is a file of the skeleton, as the scaffolder's templating writes it.
function written(file, values) {
  const environment = new nunjucks.Environment(null, { autoescape: false, tags: { variableStart: '${{', variableEnd: '}}' } });
  return environment.renderString(readFileSync(`${root}portal/backstage/skeleton/${file}`, 'utf8'), { values });
}

// handed is what the first step hands to the skeleton.
function handed(parameters) {
  const { values } = template.spec.steps[0].input;
  const pick = (expression) => parameters[expression.match(/^\$\{\{ parameters\.(\w+) \}\}$/)[1]];
  const spec = Object.fromEntries(Object.entries(values.spec).map(([name, expression]) => [name, pick(expression)]));
  return { name: pick(values.name), namespace: pick(values.namespace), owner: pick(values.owner), spec };
}

const rendered = (yaml) => execFileSync(`${root}bin/function`, ['render', '-', '--output', 'table'], { input: yaml }).toString();

async function basics(page) {
  await page.getByLabel('Name *').fill('shop-ordered');
  await page.getByLabel('Namespace *').fill('team-a');
  await page.getByLabel('Owner').fill('group:default/shops');
  await choose(page, /Region/, 'eu-west-1');
}

test('a person orders a shop, and render accepts exactly that', async () => {
  const { page, errors } = await opened();
  await basics(page);
  await choose(page, /Environment/, 'staging');
  await shot(page, 'backstage');
  await next(page, 'The network that the stack makes, or one that exists.');
  await page.getByLabel('Availability zones').fill('3');
  await next(page, 'PostgreSQL, its size, its backups and who reads.');
  assert.ok(await page.getByLabel('Instance class').isVisible());
  await choose(page, /^Engine/, 'aurora-postgresql');
  await page.getByLabel('Read replicas').waitFor();
  assert.equal(await page.getByLabel('Instance class').count(), 0);
  await page.getByLabel('Read replicas').fill('2');
  await page.getByLabel('Most capacity').fill('8');
  await page.getByLabel('Proxy', { exact: true }).check();
  await next(page, "The shop's domain, and the files that CloudFront serves.");
  await page.getByLabel('Domain name').first().fill('shop.example.com');
  await page.getByText('Further domain names').first().waitFor();
  await next(page, 'What runs the application, and its secrets.');
  await next(page, 'What watches over the stack.');
  await next(page, 'Repository of claims');
  await page.getByLabel('Repository of claims').fill('github.com?owner=shops&repo=claims');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText('shop-ordered').waitFor();
  await shot(page, 'backstage-review');
  await page.getByRole('button', { name: 'Create' }).click();
  const values = handed(JSON.parse(await page.locator('#values').textContent()));

  const yaml = written('claim.yaml', values);
  const claim = parse(yaml);
  assert.deepEqual(claim.metadata, { name: 'shop-ordered', namespace: 'team-a', annotations: { 'backstage.io/owner': 'group:default/shops' } });
  assert.equal(claim.spec.region, 'eu-west-1');
  assert.equal(claim.spec.environment, 'staging');
  assert.equal(claim.spec.network.availabilityZones, 3);
  assert.equal(claim.spec.database.engine, 'aurora-postgresql');
  assert.equal(claim.spec.database.readReplicas, 2);
  assert.deepEqual(claim.spec.database.serverless, { maxCapacity: 8 });
  assert.ok('proxy' in claim.spec.database);
  assert.equal(claim.spec.cdn.domain, 'shop.example.com');
  for (const absent of ['existing', 'firewall']) assert.ok(!(absent in claim.spec.network), `${absent} was not asked for`);
  assert.doesNotMatch(yaml, /Wanted|\{\}|null|undefined/);
  assert.match(rendered(yaml), /database-cluster/);
  assert.equal(parse(written('catalog-info.yaml', values)).spec.owner, 'group:default/shops');
  assert.deepEqual(errors, []);
});

test('what nobody touches is not more than a claim of one line', async () => {
  const { page, errors } = await opened();
  await basics(page);
  for (const title of ['The network that the stack makes, or one that exists.', 'PostgreSQL, its size, its backups and who reads.', "The shop's domain, and the files that CloudFront serves.",
    'What runs the application, and its secrets.', 'What watches over the stack.', 'Repository of claims']) await next(page, title);
  await page.getByLabel('Repository of claims').fill('github.com?owner=shops&repo=claims');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const yaml = written('claim.yaml', handed(JSON.parse(await page.locator('#values').textContent())));
  const bare = `apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop-ordered, namespace: team-a, annotations: {backstage.io/owner: "group:default/shops"}}\nspec: {region: eu-west-1}\n`;
  assert.equal(rendered(yaml), rendered(bare));
  assert.deepEqual(errors, []);
});

test('a bad value shows its message, and goes no further', async () => {
  const { page, errors } = await opened();
  await page.getByLabel('Name *').fill('Shop!');
  await page.getByLabel('Namespace *').fill('team-a');
  await choose(page, /Region/, 'eu-west-1');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText(/must match pattern/).first().waitFor();
  assert.ok(await page.getByText('Name of the claim.').isVisible());
  await shot(page, 'backstage-problem');
  assert.deepEqual(errors, []);
});
