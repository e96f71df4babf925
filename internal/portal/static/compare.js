// The comparison of the claim with an existing one: the changed lines, and the
// resources that the function creates, changes and deletes.
import { byId, element } from './dom.js';
import { excerpt, lineDiff } from './lines.js';
import { worded } from './problems.js';
import { latest, postJSON, postYAML } from './server.js';

// Actions by importance.
const order = ['refuse', 'delete', 'change', 'create'];
const marks = { create: '+', change: '~', refuse: '!', delete: '−' };
const actions = { create: 'Create', change: 'Change', refuse: 'Rejected by AWS', delete: 'Delete' };
const widest = 60; // Characters of a value.
const most = 4; // Fields of a resource.

const written = (value) => (value === null ? 'none' : JSON.stringify(value));

// cut shortens a text to the part from a character on.
function cut(text, start) {
  const from = Math.max(0, start - 10);
  return (from > 0 ? '…' : '') + text.slice(from, from + widest) + (text.length > from + widest ? '…' : '');
}

// change returns both values of a field. Of long values it shows where they differ.
function change({ path, before, after }) {
  const [a, b] = [written(before), written(after)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  const start = Math.max(a.length, b.length) > widest ? same : 0;
  return `${path}: ${cut(a, start)} → ${cut(b, start)}`;
}

function details(e) {
  const fields = e.fields ?? [];
  const rest = fields.length > most ? [`and ${fields.length - most} more fields`] : [];
  const fate = e.fate ? [e.destroyed ? `${e.fate}. Data lost: ${e.destroyed}` : e.fate] : [];
  return [...(e.refused ?? []), ...fate, ...fields.slice(0, most).map(change), ...rest];
}

function entry(e) {
  const action = element('strong', { textContent: `${marks[e.action]} ${actions[e.action]}` });
  return element('li', { className: e.action }, action, ` ${e.resource} `, element('span', { className: 'quiet', textContent: e.kind }),
    ...details(e).map((textContent) => element('div', { className: 'quiet', textContent })));
}

const names = { '-': 'Removed', '+': 'Added' };

function line({ mark, text }) {
  const name = names[mark] ? [element('span', { className: 'hidden', textContent: `${names[mark]}: ` })] : [];
  return element(mark === '-' ? 'del' : mark === '+' ? 'ins' : 'span', {}, ...name, `${mark} ${text}\n`);
}

function summary(entries, unchanged) {
  const count = (action) => entries.filter((e) => e.action === action).length;
  const counts = [['create', 'to create'], ['change', 'to change'], ['refuse', 'rejected by AWS'], ['delete', 'to delete']];
  return [...counts.map(([action, words]) => [count(action), words]).filter(([n]) => n > 0), [unchanged, 'unchanged']].map(([n, words]) => `${n} ${words}`).join(', ');
}

function showPlan({ entries, unchanged, monthlyUSD }) {
  byId('plan').textContent = `${summary(entries, unchanged)}. Estimated cost: ${monthlyUSD.before} → ${monthlyUSD.after} USD per month.`;
  const sorted = [...entries].sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
  byId('entries').replaceChildren(...sorted.map(entry));
}

function showProblems({ baseline, problems }) {
  byId('plan').textContent = `${baseline ? 'The existing claim is not valid' : 'The edit is not valid'}: ${worded(problems)}`;
  byId('entries').replaceChildren();
}

const fail = (e) => { byId('plan').textContent = e.message; };

// comparison compares the claim with an existing one. The function textOf returns a
// claim as YAML in the order of the form; edited returns the claim and its text.
export function comparison(textOf, edited) {
  let existing;
  const ask = latest((claim) => postJSON('/api/compare', { baseline: byId('baseline').value, claim }),
    ({ ok, body }) => (ok ? showPlan(body) : showProblems(body)), fail);
  function update() {
    byId('changes').hidden = existing === undefined;
    if (existing === undefined) return undefined;
    const { claim, text } = edited();
    const diff = lineDiff(textOf(existing), textOf(claim));
    const changed = diff.some((l) => l.mark !== ' ');
    byId('lines').replaceChildren(...(changed ? excerpt(diff).map(line) : ['The claims are identical.']));
    return ask(text);
  }
  const read = latest((text) => postYAML('/api/claim', text), ({ ok, body }) => {
    existing = ok ? body : undefined;
    byId('baseline-problem').textContent = ok ? '' : worded(body.problems);
    byId('baseline').setAttribute('aria-invalid', String(!ok));
    return update();
  }, fail);
  function set(text) {
    byId('baseline').value = text;
    if (text.trim() !== '') return read(text);
    existing = undefined;
    byId('baseline-problem').textContent = '';
    byId('baseline').setAttribute('aria-invalid', 'false');
    return update();
  }
  return { set, update };
}
