// The problems of the claim: at their fields, and in a list that leads to the fields.
// A problem shows once its field was touched, or all of them once the user copies or
// pastes a claim.
import { element, reveal } from './dom.js';
import { within } from './paths.js';

// worded returns problems as a text.
export const worded = (problems) => problems.map((p) => (p.field ? `${p.field}: ${p.message}` : p.message)).join('; ');

// problemsOf returns the problems that a form and a list show. Problems that are not
// of a field of the form lead to the element elsewhere.
export function problemsOf(form, list, elsewhere) {
  let all = [];
  let everything = false;
  const touched = new Set();
  const isTouched = (p) => everything || [...touched].some((path) => p.place === '' || within(path, p.place));

  function link(p) {
    const name = p.place === '' ? p.field : form.title(p.place) ?? p.field;
    const a = element('a', { href: '#form', textContent: name ? `${name}: ${p.message}` : p.message });
    if (p.field) a.title = p.field;
    a.addEventListener('click', (e) => {
      e.preventDefault(); // The fragment of the URL is the claim.
      if (p.place === '') elsewhere();
      else reveal(form.target(p.place));
    });
    return element('li', {}, a);
  }

  function show() {
    const shown = all.filter(isTouched);
    form.show(shown);
    list.replaceChildren(...shown.map(link));
    list.hidden = shown.length === 0;
    return { shown: shown.length, hidden: all.length - shown.length };
  }

  return {
    show,
    set(found) {
      all = found.map((p) => ({ ...p, place: form.place(p.field) }));
      return show();
    },
    touch(path) {
      touched.add(path);
      return show();
    },
    showAll() {
      everything = true;
      return show();
    },
    // reset is for another claim, of which no field was touched.
    reset() {
      everything = false;
      touched.clear();
      all = [];
      return show();
    },
  };
}
