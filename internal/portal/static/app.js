// The page: a form made of the schema, and what the function says of the claim.
import { fields } from './form.js';
import { drawPicture } from './picture.js';
import { toYAML } from './yaml.js';

const byId = (id) => document.getElementById(id);
const patience = 350; // Milliseconds without a key until the function is asked.

let form;
let asked = 0;
let timer;

function claim() {
  return {
    apiVersion: 'platform.secure-ecommerce.dev/v1alpha1',
    kind: 'SecureEcommerce',
    metadata: { name: byId('name').value, namespace: byId('namespace').value },
    spec: form.value() ?? {},
  };
}

async function ask() {
  const question = ++asked;
  const yaml = toYAML(claim());
  byId('yaml').textContent = yaml;
  byId('copy').textContent = 'Copy the claim';
  byId('picture').classList.add('stale');
  byId('state').textContent = 'Asking the function…';
  let response, body;
  try {
    response = await fetch('/api/stack', { method: 'POST', body: yaml, headers: { 'Content-Type': 'application/yaml' } });
    body = await response.json();
  } catch {
    byId('state').textContent = 'The function does not answer. Is it still running?';
    return;
  }
  if (question !== asked) return; // A later question is on its way.
  if (response.ok) show(body); else refuse(body.problems);
}

function list(id, texts) {
  const target = byId(id);
  target.replaceChildren(...texts.map((text) => Object.assign(document.createElement('li'), { textContent: text })));
  target.hidden = texts.length === 0;
}

function cell(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function rows(body, lines) {
  body.append(...lines.map((cells) => {
    const row = document.createElement('tr');
    row.append(...cells.map((text) => cell('td', { textContent: text })));
    return row;
  }));
  return body;
}

// byTier is a part of the list for each tier, with its name above it.
function byTier(resources) {
  return [...new Set(resources.map((r) => r.tier))].map((tier) => {
    const own = resources.filter((r) => r.tier === tier);
    const head = document.createElement('tr');
    head.append(cell('th', { colSpan: 2, scope: 'rowgroup', textContent: `${tier || 'beside the tiers'}: ${own.length}` }));
    const body = document.createElement('tbody');
    body.append(head);
    return rows(body, own.map((r) => [r.resource, r.kind]));
  });
}

function show(stack) {
  form.problems([]);
  byId('picture').classList.remove('stale');
  drawPicture(byId('picture'), byId('part'), stack.picture);
  list('problems', []);
  list('warnings', stack.warnings);
  const count = (state) => stack.controls.filter((c) => c.state === state).length;
  byId('state').textContent = `${stack.resources.length} resources, ${count('Met')} controls met, about ${stack.cost} USD a month.`;
  byId('cost').textContent = `about ${stack.cost} USD a month, without what depends on use`;
  byId('met').textContent = `${count('Met')} met, ${count('NotMet')} not met, ${count('OptIn')} on request`;
  byId('count').textContent = stack.resources.length;
  list('charges', stack.charges);
  const order = ['NotMet', 'OptIn', 'Met', 'NotApplicable'];
  const words = { NotMet: 'not met', OptIn: 'on request', Met: 'met', NotApplicable: 'does not apply' };
  const sorted = [...stack.controls].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  byId('controls').replaceChildren();
  rows(byId('controls'), sorted.map((c) => [c.id, words[c.state], c.title]));
  byId('resources').replaceChildren(byId('resources').tHead, ...byTier(stack.resources));
}

function refuse(problems) {
  const elsewhere = form.problems(problems);
  byId('state').textContent = problems.length === 1 ? 'One thing has to change.' : `${problems.length} things have to change.`;
  list('problems', elsewhere.map((p) => (p.field ? `${p.field}: ${p.message}` : p.message)));
  list('warnings', []);
}

// copy copies the claim. Where a browser lets no page do so, as without TLS on
// another machine, it selects the claim for the reader to copy.
async function copy() {
  try {
    await navigator.clipboard.writeText(byId('yaml').textContent);
    byId('copy').textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(byId('yaml'));
    byId('copy').textContent = 'Selected: copy it with your keyboard';
  }
}

async function start() {
  let schema;
  try {
    schema = await (await fetch('/api/schema')).json();
  } catch {
    byId('state').textContent = 'The function does not answer. Is it still running?';
    return;
  }
  form = fields(schema, 'spec', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, patience);
  });
  byId('spec').append(form.element);
  byId('form').addEventListener('input', form.changed);
  byId('form').addEventListener('submit', (e) => e.preventDefault());
  byId('copy').addEventListener('click', copy);
  await ask();
}

start();
