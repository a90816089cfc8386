// Charts
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 4], [5, 2, 1, 2, 1, 2]];
const dashOf = line => DASHES[(line.dash || 0) % DASHES.length];
const dashLevel = dash => DASHES.findIndex(known => known.join() === (dash || []).join());
const FONT = '12px system-ui, sans-serif';
const axis = more => ({
  stroke: () => colour('quiet'),
  grid: { stroke: () => colour('line'), width: 1 },
  ticks: { stroke: () => colour('line'), width: 1, size: 5 },
  font: FONT,
  labelFont: FONT,
  labelSize: 22,
  labelGap: 2,
  ...more,
});
const lineOf = (line, more) => ({
  label: line.name,
  stroke: () => line.style ? modeColour(line.style) : colour(line.colour),
  width: 2,
  dash: dashOf(line),
  value: (u, value) => number(value),
  ...more,
});

// The nearest sample of a series: series on one chart need not have been sampled together.
const nearest = (u, series, hovered) => {
  const values = u.data[series];
  const known = index => values[index] !== null && values[index] !== undefined;
  if (series === 0 || known(hovered)) return hovered;
  const xs = u.data[0];
  let left = hovered;
  let right = hovered;
  while (left >= 0 && !known(left)) left--;
  while (right < xs.length && !known(right)) right++;
  const farLeft = left < 0 ? Infinity : xs[hovered] - xs[left];
  const farRight = right >= xs.length ? Infinity : xs[right] - xs[hovered];
  if (farLeft === Infinity && farRight === Infinity) return hovered;
  return farLeft <= farRight ? left : right;
};

const boxFor = (u, words) => {
  const { left, top, idx } = u.cursor;
  if (left < 0 || idx === null || idx === undefined) return hideBox();
  const text = words(u, idx);
  if (!text) return hideBox();
  const over = u.over.getBoundingClientRect();
  showBox(text, over.left + left, over.top + Math.max(0, top));
};

const isPointed = u => u.over.matches(':hover') || u.root.parentElement.contains(document.activeElement);

/**
 * A chart in an element that is as wide as the page lets it be, with a value box, keys and a way back from zooming.
 * `full` is the whole range of x.
 */
const chart = (host, { data, options, height, full, words, group }) => {
  const frame = make('div', 'frame');
  frame.tabIndex = 0;
  host.append(frame);
  const zoomed = { on: false };
  const u = new uPlot({
    width: Math.max(240, host.clientWidth),
    height,
    ...options,
    legend: {
      ...options.legend,
      markers: { dash: (self, index) => ['solid', 'dashed', 'dotted'][Math.min(2, dashLevel(self.series[index].dash))] },
    },
    cursor: {
      drag: { x: true, y: false, dist: 6 },
      dataIdx: nearest,
      points: { size: 7, width: 2 },
      ...options.cursor,
    },
    hooks: {
      ...options.hooks,
      setCursor: [self => { if (isPointed(self)) boxFor(self, words); }],
      setScale: [(self, key) => {
        if (key !== 'x') return;
        const { min, max } = self.scales.x;
        host.dataset.range = `${min} ${max}`;
        zoomed.on = min > full[0] + 1e-9 || max < full[1] - 1e-9;
        host.dispatchEvent(new CustomEvent('zoom', { detail: zoomed.on, bubbles: true }));
        (group || []).forEach(other => {
          const { min: otherMin, max: otherMax } = other.scales.x;
          if (other !== self && (otherMin !== min || otherMax !== max)) other.setScale('x', { min, max });
        });
      }],
    },
  }, data, frame);
  u.over.addEventListener('mouseleave', hideBox);
  const reset = () => u.setScale('x', { min: full[0], max: full[1] });
  const zoom = factor => {
    const { min, max } = u.scales.x;
    const at = u.cursor.left >= 0 ? u.posToVal(u.cursor.left, 'x') : (min + max) / 2;
    u.setScale('x', {
      min: Math.max(full[0], at - (at - min) * factor),
      max: Math.min(full[1], at + (max - at) * factor),
    });
  };
  const move = by => {
    const xs = u.data[0];
    const from = u.cursor.left >= 0 && u.cursor.idx !== null ? u.cursor.idx : by > 0 ? -1 : xs.length;
    const to = Math.min(xs.length - 1, Math.max(0, from + by));
    const top = u.cursor.top >= 0 ? u.cursor.top : u.over.clientHeight / 2;
    u.setCursor({ left: Math.min(u.over.clientWidth - 1, Math.max(0, u.valToPos(xs[to], 'x'))), top }, true, true);
  };
  const keys = {
    ArrowLeft: () => move(-1),
    ArrowRight: () => move(1),
    '+': () => zoom(0.6),
    '=': () => zoom(0.6),
    '-': () => zoom(1 / 0.6),
    0: reset,
    Escape: reset,
  };
  frame.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  frame.addEventListener('blur', hideBox);
  const fit = () => {
    const width = host.clientWidth;
    if (width > 0 && width !== u.width) u.setSize({ width, height });
  };
  const resize = new ResizeObserver(fit);
  resize.observe(host);
  const redraw = () => {
    fit();
    u.redraw(false, true);
  };
  redraws.add(redraw);
  return { u, reset, destroy: () => { redraws.delete(redraw); resize.disconnect(); u.destroy(); frame.remove(); } };
};

const helpFor = (host, reset) => {
  const help = make('div', 'help');
  const button = make('button', 'reset', 'Show all');
  button.type = 'button';
  button.hidden = true;
  button.addEventListener('click', reset);
  help.append(make('span', '', 'Drag to zoom, double-click to go back; by keys: ← → + − 0.'), button);
  host.append(help);
  host.addEventListener('zoom', event => { button.hidden = !event.detail; });
  return help;
};

const padded = (min, max) => [min - 0.05 * (max - min || 1), max + 0.05 * (max - min || 1)];
