// Form fields made of a JSON schema. Each has an element, its value (undefined if
// it is left to its default) and shows the problems that are about it. Hints of the
// schema (docs/portal.md) say in which order they come and which are for who asks
// for more.

let last = 0;
const newId = () => `field-${++last}`;

function element(name, properties = {}, ...children) {
  const e = Object.assign(document.createElement(name), properties);
  e.append(...children);
  return e;
}

const words = (name) => name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/^./, (c) => c.toUpperCase());
const title = (schema, path) => schema.title ?? words(path.split('.').pop());
const help = (schema) => (schema.description ? [element('small', { textContent: schema.description })] : []);

// fields is the field of a schema at a path.
export function fields(schema, path, changed, required = true) {
  const field = pick(schema)(schema, path, changed, required);
  field.changed = changed;
  return field;
}

function pick(schema) {
  if (schema.type === 'object' && schema.properties) return group;
  if (schema.type === 'object') return pairs;
  if (schema.type === 'array' && schema.items.enum) return choices;
  if (schema.type === 'array' && schema.items.type === 'object') return repeated;
  if (schema.type === 'array') return texts;
  if (schema.enum || schema.type === 'boolean') return choice;
  return text;
}

// single is a field of one input, with its label, its help and its problem.
function single(schema, path, input, required, read) {
  const id = newId();
  const problem = element('span', { className: 'problem', id: `${id}-problem` });
  input.id = id;
  input.name = path;
  input.setAttribute('aria-describedby', problem.id);
  const label = element('label', { htmlFor: id, textContent: title(schema, path) + (required ? ' *' : '') }, ...help(schema));
  return {
    element: element('div', {}, label, input, problem),
    value: read,
    problems(all) {
      const own = all.filter((p) => p.field === path || p.field?.startsWith(`${path}[`));
      problem.textContent = own.map((p) => p.message).join(' ');
      input.setAttribute('aria-invalid', String(own.length > 0));
      return all.filter((p) => !own.includes(p));
    },
  };
}

function text(schema, path, changed, required) {
  const number = schema.type === 'integer' || schema.type === 'number';
  const input = element('input', { type: 'text', autocomplete: 'off', spellcheck: false, inputMode: number ? 'decimal' : 'text' });
  const sample = schema.default ?? schema.example;
  if (sample !== undefined) input.placeholder = String(sample);
  return single(schema, path, input, required, () => {
    const value = input.value.trim();
    if (value === '') return undefined;
    // What is no number is sent as it is: the function says so better than the page.
    return number && !Number.isNaN(Number(value)) ? Number(value) : value;
  });
}

function choice(schema, path, changed, required) {
  const options = schema.type === 'boolean' ? ['true', 'false'] : schema.enum;
  const names = { true: 'Yes', false: 'No' };
  const none = schema.default === undefined ? (required ? 'Choose' : 'By default') : `${names[schema.default] ?? schema.default} (default)`;
  const select = element('select', {}, element('option', { value: '', textContent: none }),
    ...options.map((o) => element('option', { value: o, textContent: schema.type === 'boolean' ? names[o] : o })));
  return single(schema, path, select, required, () => {
    if (select.value === '') return undefined;
    return schema.type === 'boolean' ? select.value === 'true' : select.value;
  });
}

function texts(schema, path, changed, required) {
  const sample = schema.default ?? schema.example ?? [];
  const area = element('textarea', { spellcheck: false, placeholder: ['One a line', ...sample].join('\n') });
  return single(schema, path, area, required, () => {
    const lines = area.value.split('\n').map((l) => l.trim()).filter(Boolean);
    if (lines.length === 0) return undefined;
    return schema.items.type === 'integer' ? lines.map(Number) : lines;
  });
}

function pairs(schema, path, changed, required) {
  const area = element('textarea', { spellcheck: false, placeholder: 'key: value, one a line' });
  return single(schema, path, area, required, () => {
    const lines = area.value.split('\n').map((l) => l.trim()).filter(Boolean);
    if (lines.length === 0) return undefined;
    return Object.fromEntries(lines.map((l) => {
      const at = l.indexOf(':');
      return at < 0 ? [l, ''] : [l.slice(0, at).trim(), l.slice(at + 1).trim()];
    }));
  });
}

function choices(schema, path, changed) {
  const boxes = schema.items.enum.map((value) => element('input', { type: 'checkbox', value, name: path }));
  const problem = element('span', { className: 'problem' });
  const group = element('fieldset', {}, element('legend', { className: 'label', textContent: title(schema, path) }), ...help(schema),
    ...boxes.map((b) => element('label', {}, b, b.value)), problem);
  return {
    element: group,
    value: () => {
      const chosen = boxes.filter((b) => b.checked).map((b) => b.value);
      return chosen.length === 0 ? undefined : chosen;
    },
    problems(all) {
      const own = all.filter((p) => p.field?.startsWith(path));
      problem.textContent = own.map((p) => p.message).join(' ');
      return all.filter((p) => !own.includes(p));
    },
  };
}

// group is an object. One that is there only if it is asked for has a box to ask by.
function group(schema, path, changed, required) {
  const hint = (n) => schema.properties[n]['x-ui-order'];
  const names = Object.keys(schema.properties).sort((a, b) => hint(a) - hint(b));
  const children = names.map((n) => fields(schema.properties[n], `${path}.${n}`, changed, schema.required?.includes(n) ?? false));
  const advanced = children.filter((c, i) => schema.properties[names[i]]['x-ui-advanced']);
  const more = element('details', {}, element('summary', { textContent: 'More settings' }), ...advanced.map((c) => c.element));
  const optional = path !== 'spec' && !required && schema.default === undefined;
  const box = element('input', { type: 'checkbox', name: path, checked: !optional });
  const inside = element('div', { hidden: optional }, ...children.filter((c) => !advanced.includes(c)).map((c) => c.element), ...(advanced.length > 0 ? [more] : []));
  const own = element('span', { className: 'problem' });
  box.addEventListener('change', () => { inside.hidden = !box.checked; });
  const content = optional ? [element('label', {}, box, `Have ${title(schema, path).toLowerCase()}`), inside] : [inside];
  const whole = path === 'spec' ? inside
    : element('details', {}, element('summary', { textContent: title(schema, path) }), ...help(schema), own, ...content);
  return {
    element: whole,
    value() {
      if (!box.checked) return undefined;
      const entries = children.map((c, i) => [names[i], c.value()]).filter(([, v]) => v !== undefined);
      return entries.length === 0 && !optional ? undefined : Object.fromEntries(entries);
    },
    problems(all) {
      let rest = all;
      for (const c of children) {
        const before = rest.length;
        rest = c.problems(rest);
        if (advanced.includes(c) && rest.length < before) more.open = true;
      }
      const mine = rest.filter((p) => p.field === path && path !== 'spec');
      own.textContent = mine.map((p) => p.message).join(' ');
      const shown = all.length > rest.length || mine.length > 0;
      if (shown && path !== 'spec') whole.open = true;
      return rest.filter((p) => !mine.includes(p));
    },
  };
}

// repeated is a list of objects.
function repeated(schema, path, changed) {
  const items = [];
  const target = element('div');
  const add = element('button', { type: 'button', textContent: `Add ${title(schema, path).toLowerCase()}` });
  add.addEventListener('click', () => {
    const item = fields({ ...schema.items, title: `${title(schema, path)} ${items.length + 1}` }, `${path}[${items.length}]`, changed);
    const remove = element('button', { type: 'button', textContent: 'Remove' });
    remove.addEventListener('click', () => {
      items.splice(items.indexOf(item), 1);
      item.element.remove();
      changed();
    });
    item.element.append(remove);
    item.element.open = true;
    items.push(item);
    target.append(item.element);
    changed();
  });
  const list = element('fieldset', {}, element('legend', { className: 'label', textContent: title(schema, path) }), ...help(schema), target, add);
  return {
    element: list,
    value: () => (items.length === 0 ? undefined : items.map((i) => i.value() ?? {})),
    problems: (all) => items.reduce((rest, i) => i.problems(rest), all),
  };
}
