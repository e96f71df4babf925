// Tests the template in Backstage's own wizard and a real browser: the machine's
// Chromium, at its usual path or at CHROMIUM. With SCREENSHOTS, it updates
// docs/screenshots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { resourceEntityV1alpha1Validator } from '@backstage/catalog-model';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
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
  if (!process.env.SCREENSHOTS) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${root}docs/screenshots/${name}.png` });
}

async function choose(page, label, option) {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
  await page.locator('[role=listbox]').waitFor({ state: 'detached' });
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

const pages = template.spec.parameters.map((p) => p.description ?? p.properties.repoUrl.title);

// ordered is what the wizard hands over, with the pages from one on left as they are.
async function ordered(page, from) {
  for (const title of pages.slice(from)) await next(page, title);
  await page.getByLabel('Claims repository').fill('github.com?owner=shops&repo=claims');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  return handed(JSON.parse(await page.locator('#values').textContent()));
}

// reviewed is the lines of the review by their titles.
const reviewed = async (page) => Object.fromEntries(await page.locator('tr').evaluateAll((rows) => rows.map((r) => [...r.children].map((c) => c.textContent.trim()))));

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
  await next(page, 'A new network, or an existing one.');
  await page.getByLabel('Availability zones').fill('3');
  await next(page, 'Engine, size, backups and readers.');
  assert.ok(await page.getByLabel('Multi-AZ', { exact: true }).isVisible());
  await choose(page, /^Engine/, 'aurora-postgresql');
  await page.getByLabel('Readers').waitFor();
  assert.equal(await page.getByLabel('Multi-AZ', { exact: true }).count(), 0);
  await page.getByLabel('Readers').fill('2');
  assert.equal(await page.getByLabel('Maximum capacity').count(), 0);
  await page.getByLabel('Serverless capacity', { exact: true }).check();
  await page.getByLabel('Maximum capacity').fill('8.5');
  await page.getByLabel('Proxy', { exact: true }).check();
  await next(page, 'Additional data services of the shop.');
  await next(page, 'Domain of the shop, and files that CloudFront serves.');
  await page.getByLabel('Domain name').first().fill('shop.example.com');
  await page.getByText('Additional domain names').first().waitFor();
  await next(page, 'Services of the application, permissions and secrets.');
  await next(page, 'Firewall, audit, compliance, alarms and responses.');
  await next(page, 'Claims repository');
  await page.getByLabel('Claims repository').fill('github.com?owner=shops&repo=claims');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText('shop-ordered').waitFor();
  const review = await reviewed(page);
  assert.equal(review.Region, 'eu-west-1');
  assert.equal(review['Network: Availability zones'], '3');
  assert.equal(review['Database: Aurora cluster: Serverless capacity: Maximum capacity'], '8.5');
  assert.equal(review['Guardrails: Audit trail: Enabled'], '✅');
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
  assert.equal(claim.spec.database.aurora.readers, 2);
  assert.deepEqual(claim.spec.database.aurora.serverless, { maxCapacity: '8.5' });
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
  const yaml = written('claim.yaml', await ordered(page, 1));
  const bare = `apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop-ordered, namespace: team-a, annotations: {backstage.io/owner: "group:default/shops"}}\nspec: {region: eu-west-1}\n`;
  assert.equal(rendered(yaml), rendered(bare));
  assert.deepEqual(errors, []);
});

test('a network that exists takes the place of one that the stack makes', async () => {
  const { page, errors } = await opened();
  await basics(page);
  await next(page, pages[1]);
  await page.getByLabel('VPC CIDR').fill('10.9.0.0/16');
  await page.getByLabel('Existing network', { exact: true }).check();
  await page.getByLabel('VPC ID').fill('vpc-1');
  assert.equal(await page.getByLabel('VPC CIDR').count(), 0);
  for (const subnets of ['databaseSubnetIds', 'privateSubnetIds']) {
    const inputs = await page.locator(`input[id^="root_network_existing_${subnets}_"]`).all();
    for (const [i, input] of inputs.entries()) await input.fill(`subnet-0123456789abcde${subnets[0] === 'd' ? 'a' : 'b'}${i}`);
  }
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText('must be the ID of a VPC, such as vpc-0123456789abcdef0').first().waitFor();
  await page.getByLabel('VPC ID').fill('vpc-0123456789abcdef0');
  const values = await ordered(page, 2);
  const claim = parse(written('claim.yaml', values));
  assert.deepEqual(Object.keys(claim.spec.network), ['existing']);
  assert.equal(claim.spec.network.existing.vpcId, 'vpc-0123456789abcdef0');
  assert.doesNotMatch(rendered(written('claim.yaml', values)), /InternetGateway/);
  assert.deepEqual(errors, []);
});

test('what a person has thought better of is not ordered', async () => {
  const { page, errors } = await opened();
  await basics(page);
  await next(page, pages[1]);
  await page.getByLabel('More settings').check();
  await page.getByLabel('Network firewall', { exact: true }).check();
  await page.getByLabel('More settings').uncheck();
  await next(page, pages[2]);
  await page.getByLabel('Proxy', { exact: true }).check();
  await page.getByLabel('Connections in percent').fill('50');
  await choose(page, /^Engine/, 'aurora-postgresql');
  await page.getByLabel('Readers').fill('2');
  await choose(page, /^Engine/, 'postgres');
  await page.getByLabel('Proxy', { exact: true }).uncheck();
  await next(page, pages[3]);
  await page.getByLabel('More settings').check();
  await page.getByLabel('Cache', { exact: true }).check();
  await choose(page, /^Engine/, 'memcached');
  await page.getByLabel('Cache', { exact: true }).uncheck();
  await page.getByLabel('Search', { exact: true }).check();
  await page.getByLabel('More settings').uncheck();
  await next(page, pages[4]);
  await page.getByLabel('Domain name').first().fill('shop.example.com');
  await page.getByLabel('Hosted zone', { exact: true }).check();
  await choose(page, /^Type/, 'Managed');
  await page.getByLabel('Zone name').fill('example.com');
  await page.getByLabel('Domain name').first().fill('');
  await next(page, pages[5]);
  await next(page, pages[6]);
  await page.getByLabel('Mode').first().waitFor();
  const firewall = page.locator('#root_guardrails_waf_enabled');
  const modes = await page.getByLabel('Mode').count();
  await firewall.uncheck();
  assert.equal(await page.getByLabel('Mode').count(), modes - 1);
  await firewall.check();
  const yaml = written('claim.yaml', await ordered(page, 7));
  const bare = 'apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop-ordered, namespace: team-a, annotations: {backstage.io/owner: "group:default/shops"}}\nspec: {region: eu-west-1}\n';
  assert.equal(rendered(yaml), rendered(bare), yaml);
  assert.deepEqual(errors, []);
});

test('the catalog takes the template, and what comes of it', async () => {
  assert.ok(await templateEntityV1beta3Validator.check(template));
  const entity = parse(written('catalog-info.yaml', { name: '1234', namespace: 'on', owner: 'group:default/shops', spec: {} }));
  assert.ok(await resourceEntityV1alpha1Validator.check(entity));
  assert.equal(entity.metadata.name, '1234');
});

test('tags may be called what YAML takes for something else', () => {
  const tags = { on: 'yes', 'cost: center': '12', fooWanted: 'x', '1234': 'a"b', team: 'shops' };
  const claim = parse(written('claim.yaml', { name: '1234', namespace: 'on', owner: 'group:default/shops', spec: { region: 'eu-west-1', tags } }), { version: '1.1' });
  assert.deepEqual(claim.spec.tags, tags);
  assert.deepEqual([claim.metadata.name, claim.metadata.namespace], ['1234', 'on']);
});

test('a bad value shows its message, and goes no further', async () => {
  const { page, errors } = await opened();
  await page.getByLabel('Name *').fill('Shop!');
  await page.getByLabel('Namespace *').fill('team-a');
  await choose(page, /Region/, 'eu-west-1');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByText(/must consist of lower-case letters, digits and dashes/).first().waitFor();
  assert.equal(await page.getByText(/must match pattern/).count(), 0);
  assert.ok(await page.getByText('Name of the claim.').isVisible());
  await shot(page, 'backstage-problem');
  assert.deepEqual(errors, []);
});
