// Form fields of objects and of lists of objects.
import { element } from './dom.js';
import { field } from './form.js';
import { helpOf, titleOf } from './inputs.js';

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const counted = (n, word) => (n === 0 ? '' : `${n} ${word}${n === 1 ? '' : 's'}`);

// leaves counts the values of a part of a claim.
const leaves = (value) => (typeof value === 'object' && value !== null ? Object.values(value).reduce((sum, v) => sum + leaves(v), 0) : Number(value !== undefined));

// members are the fields of an object, in the order of the schema. Less common fields
// are under "More settings".
export function members(context, { schema, path }) {
  const order = (name) => schema.properties[name]['x-ui-order'];
  const all = Object.keys(schema.properties).sort((a, b) => order(a) - order(b))
    .filter((name) => !context.first.includes(`${path}.${name}`) || path.includes('['))
    .map((name) => {
      const at = { schema: schema.properties[name], path: `${path}.${name}`, required: schema.required?.includes(name) ?? false };
      return { name, advanced: at.schema['x-ui-advanced'], ...field(context, at) };
    });
  const common = all.filter((m) => !m.advanced).map((m) => m.element);
  const advanced = all.filter((m) => m.advanced).map((m) => m.element);
  const more = advanced.length > 0 ? [element('details', { className: 'more' }, element('summary', { textContent: 'More settings' }), ...advanced)] : [];
  return {
    element: element('div', { className: 'members' }, ...common, ...more),
    fill: (value) => { for (const m of all) m.fill(isObject(value) ? value[m.name] : undefined); },
  };
}

// group is an object in a collapsible part. An optional one has a box to include it.
export function group(context, at) {
  const { schema, path, required } = at;
  const title = titleOf(schema, path);
  const inside = members(context, at);
  const optional = !required && schema.default === undefined;
  const include = optional ? box(context, path, title) : undefined;
  const count = element('span', { className: 'count' });
  const mark = element('span', { className: 'mark' });
  const problem = element('span', { className: 'problem' });
  const heading = element('span', { textContent: title });
  const summary = element('summary', {}, heading, ' ', count, ' ', mark);
  const whole = element('details', {}, summary, ...helpOf(schema), problem, ...(include ? [include.element] : []), inside.element);
  return context.register(path, {
    element: whole,
    target: summary,
    heading,
    fill(value) {
      const set = leaves(value);
      count.textContent = set > 0 ? `${set} set` : '';
      include?.fill(value);
      inside.element.hidden = optional && value === undefined;
      inside.fill(value);
    },
    show(messages, inside) {
      problem.textContent = messages.join(' ');
      mark.textContent = counted(inside, 'problem');
    },
  });
}

// box includes an optional part. It remembers the values of a part that it excludes.
function box(context, path, title) {
  if (!path.endsWith(']')) context.optional.add(path);
  const input = element('input', { type: 'checkbox', name: path });
  let before = {};
  input.addEventListener('change', () => {
    if (!input.checked) before = context.valueAt(path) ?? {};
    context.edit(path, input.checked ? before : undefined);
  });
  return {
    element: element('label', { className: 'check' }, input, `Include ${title}`),
    fill: (value) => { input.checked = value !== undefined; },
  };
}

// repeated is a list of objects.
export function repeated(context, { schema, path }) {
  const title = titleOf(schema, path);
  const items = [];
  const target = element('div');
  const add = element('button', { type: 'button' }, 'Add entry', element('span', { className: 'hidden', textContent: ` to ${title}` }));
  add.addEventListener('click', () => {
    context.edit(`${path}[${items.length}]`, {});
    items.at(-1).element.open = true;
    items.at(-1).target.focus();
  });
  const create = () => {
    const at = `${path}[${items.length}]`;
    const item = group(context, { schema: { ...schema.items, title: `${title} ${items.length + 1}` }, path: at, required: true });
    const remove = element('button', { type: 'button', className: 'remove' }, 'Remove', element('span', { className: 'hidden', textContent: ` ${title} ${items.length + 1}` }));
    remove.addEventListener('click', () => {
      context.edit(at, undefined);
      add.focus();
    });
    item.element.append(remove);
    target.append(item.element);
    items.push(item);
  };
  const problem = element('span', { className: 'problem' });
  return context.register(path, {
    element: element('fieldset', {}, element('legend', { className: 'label', textContent: title }), ...helpOf(schema), problem, target, add),
    target: add,
    fill(value) {
      const list = Array.isArray(value) ? value : [];
      while (items.length > list.length) {
        items.pop().element.remove();
        context.forget(`${path}[${items.length}]`);
      }
      while (items.length < list.length) create();
      items.forEach((item, i) => {
        item.fill(list[i]);
        item.heading.textContent = `${title} ${i + 1}${list[i]?.name ? `: ${list[i].name}` : ''}`;
      });
    },
    show: (messages) => { problem.textContent = messages.join(' '); },
  });
}
