// Theme
const dark = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
const toggle = document.querySelector('.theme');
const showTheme = () => {
  toggle.textContent = isDark() ? 'Light' : 'Dark';
  redraws.forEach(redraw => redraw());
};
toggle.hidden = false;
toggle.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  showTheme();
});
dark.addEventListener('change', showTheme);

// On paper: light, and nothing folded away.
let before;
addEventListener('beforeprint', () => {
  before = { theme: root.dataset.theme, folded: all('details:not([open])') };
  root.dataset.theme = 'light';
  before.folded.forEach(details => { details.open = true; });
  hideBox();
  redraws.forEach(redraw => redraw());
});
addEventListener('afterprint', () => {
  if (!before) return;
  if (before.theme) root.dataset.theme = before.theme; else delete root.dataset.theme;
  before.folded.forEach(details => { details.open = false; });
  before = undefined;
  redraws.forEach(redraw => redraw());
});

// Copying
for (const button of all('.copy')) {
  button.hidden = false;
  const code = button.parentElement.querySelector('code');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(code);
      button.textContent = 'Press Ctrl-C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}

// Sorting: by number where the column has them; rows without a value stay last.
const valueOf = cell => {
  if (cell.dataset.value === undefined) return cell.textContent;
  return cell.dataset.value === '' ? undefined : Number(cell.dataset.value);
};
const compare = (left, right) => {
  if (left === undefined || right === undefined) return 0;
  return typeof left === 'number' ? left - right : left.localeCompare(right, undefined, { numeric: true });
};
const sort = (table, column, head) => {
  const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
  all('thead th', table).forEach(other => other.setAttribute('aria-sort', 'none'));
  head.setAttribute('aria-sort', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  const rows = [...table.tBodies[0].rows].map(row => ({ row, value: valueOf(row.cells[column]) }));
  rows.sort((a, b) => (a.value === undefined) - (b.value === undefined) || sign * compare(a.value, b.value));
  table.tBodies[0].append(...rows.map(entry => entry.row));
};
for (const table of all('table.sortable')) {
  if (table.tBodies[0].rows.length < 2) continue;
  all('thead th', table).forEach((head, column) => {
    const button = make('button');
    button.type = 'button';
    button.textContent = head.firstChild.data.trim();
    head.firstChild.remove();
    head.prepend(button);
    head.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => sort(table, column, head));
  });
}

// The value box, one for the whole page
const box = make('div', 'value-box');
box.hidden = true;
box.setAttribute('role', 'status');
document.body.append(box);
const hideBox = () => { box.hidden = true; };
const showBox = (text, x, y) => {
  box.textContent = text;
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const left = x + 14 + width > innerWidth ? x - 14 - width : x + 14;
  const top = y + 14 + height > innerHeight ? y - 14 - height : y + 14;
  box.style.left = `${Math.max(4, left)}px`;
  box.style.top = `${Math.max(4, top)}px`;
};
for (const element of all('[data-tip]')) {
  element.addEventListener('mousemove', event => showBox(element.dataset.tip, event.clientX, event.clientY));
  element.addEventListener('mouseleave', hideBox);
  element.addEventListener('focus', () => {
    const { left, bottom } = element.getBoundingClientRect();
    showBox(element.dataset.tip, left, bottom - 10);
  });
  element.addEventListener('blur', hideBox);
}
addEventListener('keydown', event => { if (event.key === 'Escape') hideBox(); });
addEventListener('scroll', hideBox, { passive: true });
