// The comparison of the claim with an existing one: the changed lines, and the
// resources that the function creates, changes and deletes.
import { byId, element } from './dom.js';
import { lineDiff } from './lines.js';
import { latest, postJSON, postYAML } from './server.js';

const marks = { create: '+', change: '~', refuse: '!', delete: '−' };
const actions = { create: 'Create', change: 'Change', refuse: 'Refused by AWS', delete: 'Delete' };
const widest = 80;

function shown(value) {
  const text = value === null ? 'none' : JSON.stringify(value);
  return text.length > widest ? `${text.slice(0, widest)}…` : text;
}

function details(e) {
  const fields = (e.fields ?? []).map((f) => `${f.path}: ${shown(f.before)} → ${shown(f.after)}`);
  const fate = e.fate ? [e.destroyed ? `${e.fate}. Data lost: ${e.destroyed}` : e.fate] : [];
  return [...(e.refused ?? []), ...fate, ...fields];
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
  const counts = [['create', 'to create'], ['change', 'to change'], ['refuse', 'refused by AWS'], ['delete', 'to delete']];
  return [...counts.map(([action, words]) => [count(action), words]).filter(([n]) => n > 0), [unchanged, 'unchanged']].map(([n, words]) => `${n} ${words}`).join(', ');
}

function showPlan({ entries, unchanged, monthlyUSD }) {
  byId('plan').textContent = `${summary(entries, unchanged)}. Estimated cost: ${monthlyUSD.before} → ${monthlyUSD.after} USD per month.`;
  byId('entries').replaceChildren(...entries.map(entry));
}

function showProblems({ baseline, problems }) {
  const words = problems.map((p) => (p.field ? `${p.field}: ${p.message}` : p.message)).join(' ');
  byId('plan').textContent = `${baseline ? 'The existing claim is not valid.' : 'The edit is not valid.'} ${words}`;
  byId('entries').replaceChildren();
}

const fail = (e) => { byId('plan').textContent = e.message; };

// comparison compares the claim with the text in the page. Written returns a claim as
// YAML in the order of the form; edited returns the claim.
export function comparison(written, edited) {
  let existing;
  const ask = latest((claim) => postJSON('/api/compare', { baseline: byId('baseline').value, claim }),
    ({ ok, body }) => (ok ? showPlan(body) : showProblems(body)), fail);
  function update() {
    byId('changes').hidden = existing === undefined;
    if (existing === undefined) return undefined;
    const { claim, text } = edited();
    const diff = lineDiff(written(existing), written(claim));
    const changed = diff.some((l) => l.mark !== ' ');
    byId('lines').replaceChildren(...(changed ? diff.map(line) : ['The claims are equal.']));
    return ask(text);
  }
  const read = latest((text) => postYAML('/api/claim', text), ({ ok, body }) => {
    existing = ok ? body : undefined;
    byId('baseline-problem').textContent = ok ? '' : body.problems.map((p) => (p.field ? `${p.field}: ${p.message}` : p.message)).join(' ');
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
