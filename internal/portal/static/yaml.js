// YAML of plain objects, lists and values. Texts are written as JSON where YAML
// could take them for something else, which is YAML too.

const plain = /^[A-Za-z][A-Za-z0-9 _./-]*$/;
const words = /^(true|false|null|yes|no|on|off|y|n|~)$/i;

function scalar(value) {
  if (typeof value !== 'string') return String(value);
  return plain.test(value) && !words.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);
}

function lines(value, indent) {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (typeof item !== 'object') return [`${pad}- ${scalar(item)}`];
      const [first = `${pad}  {}`, ...rest] = lines(item, indent + 2);
      return [`${pad}- ${first.slice(indent + 2)}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, v]) => {
    const name = `${pad}${scalar(key)}:`;
    if (v === null || typeof v !== 'object') return [`${name} ${scalar(v)}`];
    if (Object.keys(v).length === 0) return [`${name} ${Array.isArray(v) ? '[]' : '{}'}`];
    return [name, ...lines(v, indent + 2)];
  });
}

export const toYAML = (object) => `${lines(object, 0).join('\n')}\n`;
