// What the function answers to a valid claim: resources, controls and cost.
import { byId, element } from './dom.js';

const row = (cells) => element('tr', {}, ...cells.map((text) => element('td', { textContent: text })));

// byTier returns a part of the table for each tier, under its name.
function byTier(resources) {
  return [...new Set(resources.map((r) => r.tier))].map((tier) => {
    const own = resources.filter((r) => r.tier === tier);
    const head = element('th', { colSpan: 2, scope: 'rowgroup', textContent: `${tier || 'shared'}: ${own.length}` });
    return element('tbody', {}, element('tr', {}, head), ...own.map((r) => row([r.resource, r.kind])));
  });
}

const order = ['NotMet', 'OptIn', 'Met', 'NotApplicable'];
const words = { NotMet: 'Not met', OptIn: 'Optional', Met: 'Met', NotApplicable: 'Not applicable' };

export const countOf = (controls, state) => controls.filter((c) => c.state === state).length;

function showControls(controls) {
  const count = (state) => countOf(controls, state);
  byId('met').textContent = `${count('Met')} met, ${count('NotMet')} not met, ${count('OptIn')} optional and not enabled, ${count('NotApplicable')} not applicable.`;
  const sorted = [...controls].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  byId('controls').replaceChildren(...sorted.map((c) => row([c.id, words[c.state], c.title])));
}

function showList(target, texts) {
  target.replaceChildren(...texts.map((textContent) => element('li', { textContent })));
  target.hidden = texts.length === 0;
}

export function showResult(stack) {
  showList(byId('warnings'), stack.warnings);
  byId('cost').textContent = `${stack.cost} USD per month`;
  byId('total').textContent = `About ${stack.cost} USD per month, excluding usage such as traffic and requests.`;
  showList(byId('charges'), stack.charges);
  showControls(stack.controls);
  byId('resources').replaceChildren(byId('resources').tHead, ...byTier(stack.resources));
}
