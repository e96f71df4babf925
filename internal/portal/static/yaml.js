// YAML of plain objects, lists and values. Texts that YAML could read as another
// type are written as JSON, which is valid YAML.

const plain = /^[A-Za-z][A-Za-z0-9 _./-]*$/;
const words = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

function scalar(value) {
  if (typeof value !== 'string') return String(value);
  return plain.test(value) && !words.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);
}

// short returns a value that fits on one line, undefined if it needs more.
function short(value) {
  if (value === null || typeof value !== 'object') return scalar(value);
  if (Object.keys(value).length > 0) return undefined;
  return Array.isArray(value) ? '[]' : '{}';
}

function lines(value, indent) {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (short(item) !== undefined) return [`${pad}- ${short(item)}`];
      const [first, ...rest] = lines(item, indent + 2);
      return [`${pad}- ${first.slice(indent + 2)}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, v]) => {
    const name = `${pad}${scalar(key)}:`;
    return short(v) === undefined ? [name, ...lines(v, indent + 2)] : [`${name} ${short(v)}`];
  });
}

export const toYAML = (object) => `${lines(object, 0).join('\n')}\n`;
