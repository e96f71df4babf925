// The examples that the form can start from.
import { byId, element } from './dom.js';

// examplesOf offers examples, and calls open with the one that the user chooses.
export function examplesOf(all, open) {
  const select = byId('example');
  select.append(...all.map((e) => element('option', { value: e.name, textContent: e.title })));
  select.addEventListener('change', () => open(all.find((e) => e.name === select.value)));
  return {
    first: all[0],
    // show selects an example, or none for a claim that is not one.
    show(example) {
      select.value = example?.name ?? '';
      byId('example-help').textContent = example?.description ?? 'Replaces the claim. To restore it, use the Back button of the browser.';
    },
  };
}
