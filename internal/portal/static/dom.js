// Helpers for elements of the page.
export const byId = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

// reveal opens every collapsed part around an element and focuses it.
export function reveal(target) {
  for (let e = target.parentElement; e; e = e.parentElement) {
    if (e.tagName === 'DETAILS') e.open = true;
  }
  target.focus();
  target.scrollIntoView({ block: 'center' });
}

// fromFile passes on the text of each file that the user chooses.
export function fromFile(input, use) {
  input.addEventListener('change', async () => {
    if (input.files.length > 0) use(await input.files[0].text());
    input.value = '';
  });
}
