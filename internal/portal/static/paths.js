// Paths of fields, such as spec.app.services[0].image.

// steps splits a path into keys and indices.
export function steps(path) {
  return [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([step, index]) => (index === undefined ? step : keyOrIndex(index)));
}

function keyOrIndex(text) {
  return /^\d+$/.test(text) ? Number(text) : text.replace(/^"(.*)"$/, '$1');
}

// parentOf returns the path of the object or list that has a field, '' at the top.
export const parentOf = (path) => path.replace(/(^|\.)[^.[\]]+$|\[[^\]]*\]$/, '');

// within reports whether a path is another one, or leads into its object or list.
export const within = (path, outer) => path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

export function valueAt(claim, path) {
  return steps(path).reduce((value, step) => value?.[step], claim);
}

// setAt changes a claim in place. It creates missing objects and lists. If the value
// is undefined, it removes the field, and then the parts that this leaves empty, up
// to one to keep.
export function setAt(claim, path, value, keep) {
  const parent = parentOf(path);
  const step = steps(path).at(-1);
  if (value === undefined) {
    remove(parent === '' ? claim : valueAt(claim, parent), step);
    if (parent !== '' && !keep(parent) && isEmpty(valueAt(claim, parent))) setAt(claim, parent, undefined, keep);
    return;
  }
  if (parent !== '' && !isPart(valueAt(claim, parent))) setAt(claim, parent, typeof step === 'number' ? [] : {}, keep);
  (parent === '' ? claim : valueAt(claim, parent))[step] = value;
}

const isPart = (value) => typeof value === 'object' && value !== null;
const isEmpty = (value) => isPart(value) && Object.keys(value).length === 0;

function remove(from, step) {
  if (Array.isArray(from)) from.splice(step, 1);
  else if (isPart(from)) delete from[step];
}

// schemaAt returns the schema of the field at a path.
export function schemaAt(schema, path) {
  return steps(path).reduce((s, step) => (typeof step === 'number' ? s.items : s.properties[step]), schema);
}

// inOrder returns a value with its fields in the order of the schema. Fields that the
// schema does not have follow.
export function inOrder(schema, value) {
  if (Array.isArray(value)) return value.map((v) => inOrder(schema?.items, v));
  if (!isPart(value)) return value;
  const place = (name) => schema?.properties?.[name]?.['x-ui-order'] ?? Infinity;
  const names = Object.keys(value).sort((a, b) => place(a) - place(b) || 0);
  return Object.fromEntries(names.map((n) => [n, inOrder(schema?.properties?.[n], value[n])]));
}
