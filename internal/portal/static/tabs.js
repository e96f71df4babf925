// Tabs, by the pattern of the ARIA Authoring Practices: one stop of the keyboard, and
// arrow keys move between tabs.
const step = { ArrowRight: 1, ArrowLeft: -1 };

export function tabs(list) {
  const all = [...list.querySelectorAll('[role=tab]')];
  const panelOf = (tab) => document.getElementById(tab.getAttribute('aria-controls'));
  const select = (chosen) => {
    for (const tab of all) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      panelOf(tab).hidden = tab !== chosen;
    }
  };
  all.forEach((tab, i) => {
    tab.addEventListener('click', () => select(tab));
    tab.addEventListener('keydown', (e) => {
      if (!step[e.key]) return;
      e.preventDefault();
      const next = all[(i + step[e.key] + all.length) % all.length];
      select(next);
      next.focus();
    });
  });
  select(all[0]);
  return { open: (id) => select(document.getElementById(id)) };
}
