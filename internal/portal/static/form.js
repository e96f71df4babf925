// The form: fields made of the claim's JSON schema. The claim is the state. Fields are
// filled from it, and each edit changes it at one path, so values that the form does
// not show stay as they are.
import { choice, choices, pairs, text, texts } from './inputs.js';
import { group, members, repeated } from './group.js';
import { parentOf, schemaAt, setAt, valueAt, within } from './paths.js';

// field returns the field for a schema.
export function field(context, at) {
  return kind(at.schema)(context, at);
}

function kind(schema) {
  if (schema.type === 'object' && schema.properties) return group;
  if (schema.type === 'object') return pairs;
  if (schema.type === 'array' && schema.items.enum) return choices;
  if (schema.type === 'array' && schema.items.type === 'object') return repeated;
  if (schema.type === 'array') return texts;
  if (schema.enum || schema.type === 'boolean') return choice;
  return text;
}

const isRequired = (schema, path) => schemaAt(schema, parentOf(path)).required?.includes(path.split('.').pop()) ?? false;

// form returns the form of a schema. The fields in first are at its top. It calls
// changed after each edit.
export function form({ first, schema }, top, rest, changed) {
  let claim = {};
  const fields = new Map();
  const optional = new Set(['metadata', 'spec']);
  const fillAll = () => {
    for (const f of essentials) f.fill(valueAt(claim, f.path));
    others.fill(claim.spec);
  };
  // A part that was included on purpose stays if it becomes empty, unless a field at
  // the top created it.
  const keep = (edited) => (path) => (first.includes(edited) ? !/[.[]/.test(path) : optional.has(path) || path.endsWith(']'));
  const context = {
    first,
    optional,
    valueAt: (path) => valueAt(claim, path),
    register(path, f) {
      fields.set(path, [...(fields.get(path) ?? []), f]);
      return f;
    },
    forget(path) {
      // Those at the top stay.
      for (const [p, all] of fields) if (p.startsWith(path)) fields.set(p, all.filter((f) => essentials.some((e) => e.target === f.target)));
    },
    edit(path, value) {
      setAt(claim, path, value, keep(path));
      fillAll();
      changed(path);
    },
  };
  const essentials = first.map((path) => ({ path, ...field(context, { schema: schemaAt(schema, path), path, required: isRequired(schema, path) }) }));
  const others = members(context, { schema: schema.properties.spec, path: 'spec' });
  top.append(...essentials.map((f) => f.element));
  rest.append(others.element);
  return {
    fill(value) {
      claim = value;
      fillAll();
    },
    // place returns the path of the field that shows a problem: of its field, or of
    // the nearest part around it. It returns '' if the form has none.
    place(path) {
      let at = path ?? '';
      while (at !== '' && !fields.get(at)?.length) at = parentOf(at);
      return at;
    },
    target: (path) => fields.get(path)[0].target,
    title: (path) => schemaAt(schema, path).title,
    // show shows problems at their fields, and how many there are in each group.
    show(problems) {
      for (const [path, all] of fields) {
        const messages = problems.filter((p) => p.place === path).map((p) => p.message);
        const inside = problems.filter((p) => within(p.place, path)).length;
        for (const f of all) f.show(messages, inside);
      }
    },
  };
}
