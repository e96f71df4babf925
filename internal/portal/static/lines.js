// The line diff of two texts.

const maxCells = 4_000_000; // Of the table of common lines: two claims of 2000 lines.

// common returns the table of how many lines two lists have in common from each pair of
// lines on.
function common(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

const all = (mark, lines) => lines.map((text) => ({ mark, text }));

// lineDiff returns the lines of both texts with the marks ' ', '-' and '+'.
export function lineDiff(before, after) {
  const a = before.trimEnd().split('\n');
  const b = after.trimEnd().split('\n');
  if (a.length * b.length > maxCells) return [...all('-', a), ...all('+', b)];
  const table = common(a, b);
  const out = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      out.push({ mark: ' ', text: a[i] });
      i++;
      j++;
    } else if (table[i + 1][j] >= table[i][j + 1]) out.push({ mark: '-', text: a[i++] });
    else out.push({ mark: '+', text: b[j++] });
  }
  return [...out, ...all('-', a.slice(i)), ...all('+', b.slice(j))];
}

const context = 3; // Equal lines around a changed one.

// excerpt returns the changed lines with their context. A line with the mark '…' is
// for lines that are left out.
export function excerpt(lines) {
  const shown = (i) => lines.slice(Math.max(0, i - context), i + context + 1).some((l) => l.mark !== ' ');
  return lines.flatMap((line, i) => {
    if (shown(i)) return [line];
    return i === 0 || shown(i - 1) ? [{ mark: '…', text: '' }] : [];
  });
}
