// Form fields of one value. Each has an element, fills itself from a value, and
// passes edits on.
import { element } from './dom.js';

let last = 0;
const newId = () => `field-${++last}`;

const words = (name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (c) => c.toUpperCase());

export const titleOf = (schema, path) => schema.title ?? words(path.split('.').pop());

export const helpOf = (schema, id) => (schema.description ? [element('small', { textContent: schema.description, ...(id && { id }) })] : []);

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// single is a field of one input with its label, help and problem.
function single(context, { schema, path, required }, input, read, write) {
  const id = newId();
  const problem = element('span', { className: 'problem', id: `${id}-problem` });
  Object.assign(input, { id, name: path });
  input.setAttribute('aria-describedby', `${schema.description ? `${id}-help ` : ''}${problem.id}`);
  if (required) input.setAttribute('aria-required', 'true');
  input.addEventListener('input', () => context.edit(path, read()));
  const label = element('label', { htmlFor: id, textContent: titleOf(schema, path) + (required ? ' *' : '') });
  const field = {
    element: element('div', { className: 'field' }, label, ...helpOf(schema, `${id}-help`), input, problem),
    target: input,
    // An input that already has the value stays as it is, so that the cursor does.
    fill: (value) => { if (!same(value, read())) write(value); },
    show(messages) {
      problem.textContent = messages.join(' ');
      input.setAttribute('aria-invalid', String(messages.length > 0));
    },
  };
  return context.register(path, field);
}

// written is a value of any type as the text of an input.
const written = (value) => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

export function text(context, at) {
  const { schema } = at;
  const number = schema.type === 'integer' || schema.type === 'number';
  const input = element('input', { type: 'text', autocomplete: 'off', spellcheck: false, inputMode: number ? 'decimal' : 'text' });
  if (schema.default !== undefined) input.placeholder = `${schema.default} (default)`;
  else if (schema.example !== undefined) input.placeholder = `Example: ${schema.example}`;
  return single(context, at, input, () => {
    const value = input.value.trim();
    if (value === '') return undefined;
    // The function explains values that are not numbers.
    return number && !Number.isNaN(Number(value)) ? Number(value) : value;
  }, (value) => { input.value = written(value); });
}

export function choice(context, at) {
  const { schema, required } = at;
  const names = { true: 'Yes', false: 'No' };
  const unset = schema.default === undefined ? (required ? 'Choose' : 'Default') : `${names[schema.default] ?? schema.default} (default)`;
  const values = [undefined, ...(schema.type === 'boolean' ? [true, false] : schema.enum)];
  const option = (value) => element('option', { value: value ?? '', textContent: value === undefined ? unset : names[value] ?? written(value) });
  const select = element('select', {}, ...values.map(option));
  return single(context, at, select, () => values[select.selectedIndex], (value) => {
    if (!values.some((v) => same(v, value))) {
      // A value that is not a choice, for example from YAML.
      values.push(value);
      select.append(option(value));
    }
    select.selectedIndex = values.findIndex((v) => same(v, value));
  });
}

const lineOf = (value) => (typeof value === 'string' && !value.includes('\n') && !value.startsWith('"') ? value : JSON.stringify(value));

function valueOf(line) {
  try {
    return line.startsWith('"') ? JSON.parse(line) : line;
  } catch {
    return line;
  }
}

const linesOf = (area) => area.value.split('\n').map((l) => l.trim()).filter(Boolean);

export function texts(context, at) {
  const sample = at.schema.default ?? at.schema.example ?? [];
  const area = element('textarea', { spellcheck: false, rows: 2, placeholder: ['One per line', ...sample].join('\n') });
  return single(context, at, area, () => {
    const values = linesOf(area).map(valueOf);
    if (values.length === 0) return undefined;
    return at.schema.items.type === 'integer' ? values.map(Number) : values;
  }, (value) => { area.value = Array.isArray(value) ? value.map(lineOf).join('\n') : written(value); });
}

export function pairs(context, at) {
  const area = element('textarea', { spellcheck: false, rows: 2, placeholder: 'key: value, one per line' });
  return single(context, at, area, () => {
    const lines = linesOf(area);
    if (lines.length === 0) return undefined;
    return Object.fromEntries(lines.map((l) => {
      const colon = l.indexOf(':');
      return colon < 0 ? [l, ''] : [l.slice(0, colon).trim(), valueOf(l.slice(colon + 1).trim())];
    }));
  }, (value) => {
    const isObject = typeof value === 'object' && value !== null;
    area.value = isObject ? Object.entries(value).map(([k, v]) => `${k}: ${lineOf(v)}`).join('\n') : written(value);
  });
}

export function choices(context, { schema, path }) {
  const id = newId();
  const boxes = schema.items.enum.map((value) => element('input', { type: 'checkbox', value, name: path }));
  const problem = element('span', { className: 'problem', id: `${id}-problem` });
  const set = element('fieldset', {}, element('legend', { className: 'label', textContent: titleOf(schema, path) }), ...helpOf(schema),
    ...boxes.map((b) => element('label', { className: 'check' }, b, b.value)), problem);
  for (const b of boxes) b.setAttribute('aria-describedby', problem.id);
  set.addEventListener('input', () => {
    const chosen = boxes.filter((b) => b.checked).map((b) => b.value);
    context.edit(path, chosen.length === 0 ? undefined : chosen);
  });
  return context.register(path, {
    element: set,
    target: boxes[0],
    fill: (value) => { for (const b of boxes) b.checked = Array.isArray(value) && value.includes(b.value); },
    show(messages) {
      problem.textContent = messages.join(' ');
      for (const b of boxes) b.setAttribute('aria-invalid', String(messages.length > 0));
    },
  });
}
