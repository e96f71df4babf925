// The architecture diagram: a tile that is pointed at, chosen or focused shows what it
// stands for below the diagram. The diagram is one stop of the keyboard; arrow keys
// lead from tile to tile.
const shown = 12; // Names of resources that fit.

function describe(target, tile) {
  const [name, ...kinds] = tile.dataset.title.split('\n');
  const resources = tile.dataset.resources.split(' ');
  const rest = resources.length - shown;
  target.querySelector('strong').textContent = name;
  target.querySelector('span').textContent = kinds.join(', ');
  target.querySelector('p').textContent = resources.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

// step is how far an arrow key leads.
const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function drawPicture(target, detail, svg) {
  target.innerHTML = svg; // SVG of the function's own making.
  detail.hidden = true;
  const tiles = [...target.querySelectorAll('[data-resources]')];
  let chosen;
  const show = (tile) => {
    detail.hidden = false;
    describe(detail, tile);
  };
  const choose = (tile) => {
    chosen?.classList.remove('chosen');
    chosen = tile;
    tile.classList.add('chosen');
    for (const t of tiles) t.setAttribute('tabindex', t === tile ? 0 : -1);
    show(tile);
  };
  // An image has no parts to focus, but here it has.
  target.querySelector('svg')?.setAttribute('role', 'group');
  tiles.forEach((tile, i) => {
    tile.setAttribute('role', 'button');
    // Its title is what is shown below, so it needs no tooltip; its name is what it says.
    const title = tile.querySelector('title');
    tile.dataset.title = title.textContent;
    title.remove();
    const texts = [...tile.querySelectorAll('text')].map((t) => t.textContent);
    tile.setAttribute('aria-label', texts.join(' ') || tile.dataset.title.split('\n')[0]);
    tile.setAttribute('tabindex', i === 0 ? 0 : -1);
    tile.addEventListener('focus', () => choose(tile));
    tile.addEventListener('click', (e) => {
      e.stopPropagation(); // A subnet is also around others.
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
