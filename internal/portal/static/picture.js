// The architecture diagram. A tile shows its resources above the diagram while it has
// the pointer or the focus. The diagram is one stop of the keyboard; arrow keys move
// between tiles.
import { element } from './dom.js';

const shown = 12; // Maximum number of names.

function describe(target, tile) {
  const [name, ...kinds] = tile.dataset.title.split('\n');
  const resources = tile.dataset.resources.split(' ');
  const rest = resources.length - shown;
  const names = resources.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  target.replaceChildren(
    element('p', { title: kinds.join(', ') }, element('strong', { textContent: name }), ` ${kinds.join(', ')}`),
    element('p', { textContent: names, title: names }));
}

// step is the number of tiles that an arrow key moves.
const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function drawPicture(target, detail, svg) {
  target.innerHTML = svg; // The portal draws the SVG.
  const tiles = [...target.querySelectorAll('[data-resources]')];
  let chosen;
  const show = (tile) => describe(detail, tile);
  const choose = (tile) => {
    chosen?.classList.remove('chosen');
    chosen = tile;
    tile.classList.add('chosen');
    for (const t of tiles) t.setAttribute('tabindex', t === tile ? 0 : -1);
    show(tile);
  };
  // An image has no parts to focus; a group has.
  target.querySelector('svg')?.setAttribute('role', 'group');
  tiles.forEach((tile, i) => {
    tile.setAttribute('role', 'button');
    // Its title is shown above the diagram, so it needs no tooltip. Its name is its text.
    const title = tile.querySelector('title');
    tile.dataset.title = title.textContent;
    title.remove();
    const texts = [...tile.querySelectorAll('text')].map((t) => t.textContent);
    tile.setAttribute('aria-label', texts.join(' ') || tile.dataset.title.split('\n')[0]);
    tile.setAttribute('tabindex', i === 0 ? 0 : -1);
    tile.addEventListener('focus', () => choose(tile));
    tile.addEventListener('click', (e) => {
      e.stopPropagation(); // A subnet contains other tiles.
      choose(tile);
    });
    tile.addEventListener('pointerenter', () => show(tile));
    tile.addEventListener('pointerleave', () => chosen && show(chosen));
    tile.addEventListener('keydown', (e) => {
      const next = tiles[(i + (step[e.key] ?? 0) + tiles.length) % tiles.length];
      if (next === tile) return;
      e.preventDefault();
      next.focus();
    });
  });
}
