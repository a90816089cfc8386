'use strict';
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const dataOf = id => JSON.parse(document.getElementById(id).textContent);
  const redraws = new Set();

  // Numbers as everywhere on the page.
  const number = value => {
    if (value === null || value === undefined) return '–';
    const size = Math.abs(value);
    if (size > 0 && size < 0.1) return String(Number(value.toPrecision(3)));
    return value.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
  };

  const mark = value => String(Number(value.toPrecision(4)));

  // A colour of the style sheet, resolved for the theme that is on.
  const probe = make('span');
  probe.hidden = true;
  document.body.append(probe);
  const colour = name => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const modeColour = style => {
    probe.className = style;
    const found = colour('mode');
    probe.className = '';
    return found;
  };
  const faded = (rgb, alpha) => rgb.replace(/^rgb\(/, 'rgba(').replace(/\)$/, `, ${alpha})`);

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

  const scaling = (host, { unit, lines }) => {
    const table = uPlot.join(lines.map(line => [line.points.map(p => p[0]), line.points.map(p => p[1])]));
    const xs = table[0];
    const full = padded(xs[0], xs[xs.length - 1]);
    const most = 1.08 * Math.max(...lines.flatMap(line => line.points.map(p => Math.max(p[1], p[4] ?? 0)))) || 1;
    const pointAt = (line, x) => line.points.find(point => point[0] === x);
    const drawn = chart(host, {
      data: table,
      height: 320,
      full,
      options: {
        scales: { x: { time: false, range: (u, min, max) => (min === xs[0] && max === xs[xs.length - 1]) ? full : [min, max] }, y: { range: [0, most] } },
        axes: [
          axis({ size: 34, label: 'tenants', splits: u => xs.filter(x => x >= u.scales.x.min && x <= u.scales.x.max), values: (u, at) => at.map(String) }),
          axis({ size: 64, values: (u, at) => at.map(mark), label: unit || undefined }),
        ],
        series: [
          { label: 'tenants', value: (u, value) => value === null || value === undefined ? '–' : String(value) },
          ...lines.map(line => lineOf(line, { spanGaps: true, points: { show: true, size: 7 } })),
        ],
        hooks: {
          draw: [u => {
            const { ctx } = u;
            lines.forEach((line, index) => {
              if (!u.series[index + 1].show) return;
              ctx.save();
              ctx.beginPath();
              ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
              ctx.clip();
              ctx.strokeStyle = modeColour(line.style);
              ctx.lineWidth = 1.5 * devicePixelRatio;
              const cap = 4 * devicePixelRatio;
              for (const [x, , , lower, upper] of line.points) {
                if (lower === undefined) continue;
                const at = u.valToPos(x, 'x', true);
                const low = u.valToPos(lower, 'y', true);
                const high = u.valToPos(upper, 'y', true);
                ctx.beginPath();
                ctx.moveTo(at, low); ctx.lineTo(at, high);
                ctx.moveTo(at - cap, low); ctx.lineTo(at + cap, low);
                ctx.moveTo(at - cap, high); ctx.lineTo(at + cap, high);
                ctx.stroke();
              }
              ctx.restore();
            });
          }],
        },
      },
      words: (u, index) => [`${xs[index]} tenant${xs[index] === 1 ? '' : 's'}`, ...lines.flatMap((line, i) => {
        const point = pointAt(line, xs[index]);
        if (!point || !u.series[i + 1].show) return [];
        const interval = point[3] === undefined ? '' : `, ${number(point[3])} to ${number(point[4])}`;
        return [`${line.name}: ${number(point[1])} ${unit} (n = ${point[2]}${interval})`];
      })].join('\n'),
    });
    helpFor(host, drawn.reset);
  };

  const percent = x => {
    const share = 100 * (1 - 10 ** -x);
    const digits = Math.max(0, Math.ceil(x) - 1);
    return `${Number(share.toFixed(Math.max(digits, x < 1 ? 0 : 1)))} %`;
  };
  const NICE = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]];

  const latency = (host, { step, lines }) => {
    const longest = Math.max(2, ...lines.map(line => line.ms.length));
    const xs = Array.from({ length: longest }, (_, i) => (i + 1) * step);
    const full = [step, longest * step];
    const values = lines.flatMap(line => line.ms);
    const least = Math.min(...values) * 0.9;
    const most = Math.max(...values) * 1.15;
    const marks = [0.30103, 1, 2, 3, 4, 5];
    const splits = () => {
      for (const nices of NICE) {
        const found = [];
        for (let power = Math.floor(Math.log10(least)); 10 ** power <= most; power++) {
          found.push(...nices.map(nice => nice * 10 ** power).filter(at => at >= least && at <= most));
        }
        if (found.length > 3) return found;
      }
      const width = (most - least) / 5;
      const unit = 10 ** Math.floor(Math.log10(width));
      const by = [1, 2, 5, 10].map(nice => nice * unit).find(size => size >= width);
      const even = [];
      for (let at = Math.ceil(least / by) * by; at <= most; at += by) even.push(Number(at.toPrecision(10)));
      return even;
    };
    const drawn = chart(host, {
      data: [xs, ...lines.map(line => xs.map((_, i) => i < line.ms.length ? line.ms[i] : null))],
      height: 320,
      full,
      options: {
        scales: { x: { time: false }, y: { distr: 3, range: [least, most] } },
        axes: [
          axis({
            size: 34,
            splits: u => {
              const inside = marks.filter(at => at >= u.scales.x.min - 1e-9 && at <= u.scales.x.max + 1e-9);
              if (inside.length > 2) return inside;
              const by = (u.scales.x.max - u.scales.x.min) / 4;
              return [0, 1, 2, 3, 4].map(i => u.scales.x.min + i * by);
            },
            values: (u, at) => at.map(percent),
            label: 'share of steps that took no longer',
          }),
          axis({ size: 60, splits, values: (u, at) => at.map(mark), filter: (u, at) => at, label: 'ms' }),
        ],
        series: [
          { label: 'percentile', value: (u, value) => value === null || value === undefined ? '–' : percent(value) },
          ...lines.map(line => lineOf(line, { points: { show: false } })),
        ],
        cursor: { dataIdx: (u, series, hovered) => hovered },
      },
      words: (u, index) => [`${percent(xs[index])} of the steps took no longer than`, ...lines.flatMap((line, i) =>
        u.series[i + 1].show && u.data[i + 1][index] !== null ? [`${line.name}: ${number(u.data[i + 1][index])} ms`] : [])].join('\n'),
    });
    helpFor(host, drawn.reset);
  };

  // A run over time: what its phases and tenants did, over what the GPU did.
  const shortened = (ctx, text, width) => {
    if (ctx.measureText(text).width <= width) return text;
    let kept = text;
    while (kept.length > 1 && ctx.measureText(`${kept}…`).width > width) kept = kept.slice(0, -1);
    return kept.length > 1 ? `${kept}…` : '';
  };

  const rangeOf = run => {
    const times = [
      ...run.phases.flatMap(phase => phase.slice(1)),
      ...run.tenants.flatMap(tenant => tenant.windows.flatMap(window => [window[0], window[1]])),
      ...run.panels.flatMap(panel => panel.lines.flatMap(line => [line.atS[0], line.atS[line.atS.length - 1]])),
    ];
    return times.length ? [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))] : [0, 1];
  };

  const lanes = (host, run, full, shared) => {
    const rows = run.tenants.length + 1;
    const each = Math.max(12, Math.min(28, 640 / rows));
    const title = make('div', 'panel-title', 'Phases, and what each tenant did in each second');
    host.append(title);
    const most = run.tenants.map(tenant => Math.max(...tenant.windows.map(window => window[2] ?? 0), 0));
    // Enough places for the cursor to stop at with the keys.
    const stops = [...new Set([...full, ...run.phases.map(p => p[1]), ...run.tenants.flatMap(t => t.windows.map(w => w[0]))])]
      .sort((a, b) => a - b);
    const laneAt = u => Math.floor((u.cursor.top / u.over.clientHeight) * rows);
    const words = u => {
      const at = u.posToVal(u.cursor.left, 'x');
      const lane = laneAt(u);
      if (lane <= 0) {
        const phase = run.phases.find(([, from, until]) => at >= from && at < until);
        return phase ? `${phase[0]}\n${number(phase[1])} to ${number(phase[2])} s` : '';
      }
      const tenant = run.tenants[lane - 1];
      const window = tenant && tenant.windows.find(([from, until]) => at >= from && at < until);
      if (!window) return tenant ? `${tenant.name}\nno window at ${number(at)} s` : '';
      const [from, until, rate, counted, p50, p99] = window;
      return [
        tenant.name,
        `${number(from)} to ${number(until)} s${counted ? '' : ', does not count'}`,
        `${number(rate)} ${tenant.unit}s/s`,
        ...(p50 === null ? [] : [`p50 ${number(p50)} ms, p99 ${number(p99)} ms`]),
      ].join('\n');
    };
    const draw = u => {
      const { ctx } = u;
      const ratio = devicePixelRatio;
      const mode = modeColour(run.style);
      const ink = colour('ink');
      const height = u.bbox.height / rows;
      const x = value => u.valToPos(value, 'x', true);
      ctx.save();
      ctx.font = `${Math.min(12, each - 2) * ratio}px system-ui, sans-serif`;
      ctx.textBaseline = 'middle';
      ctx.fillStyle = ink;
      ctx.textAlign = 'right';
      const names = ['phases', ...run.tenants.map(tenant => tenant.name)];
      names.forEach((name, row) => {
        ctx.fillText(shortened(ctx, name, u.bbox.left - 10 * ratio), u.bbox.left - 6 * ratio, u.bbox.top + (row + 0.5) * height);
      });
      ctx.beginPath();
      ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      ctx.clip();
      ctx.textAlign = 'left';
      run.phases.forEach(([name, from, until], index) => {
        const left = x(from);
        const width = x(until) - left;
        ctx.fillStyle = index % 2 ? colour('band') : colour('line');
        ctx.fillRect(left, u.bbox.top + ratio, width, height - 2 * ratio);
        ctx.fillStyle = ink;
        const visible = Math.max(left, u.bbox.left);
        ctx.fillText(shortened(ctx, name, left + width - visible - 8 * ratio), visible + 4 * ratio, u.bbox.top + height / 2);
      });
      run.tenants.forEach((tenant, row) => {
        const top = u.bbox.top + (row + 1) * height;
        for (const [from, until, rate, counted] of tenant.windows) {
          const left = x(from);
          const width = Math.max(1, x(until) - left - (each > 14 ? ratio : 0));
          if (counted) {
            ctx.fillStyle = faded(mode, 0.15 + 0.85 * (most[row] > 0 ? (rate ?? 0) / most[row] : 0));
            ctx.fillRect(left, top + ratio, width, height - 2 * ratio);
          } else {
            ctx.strokeStyle = mode;
            ctx.lineWidth = ratio;
            ctx.strokeRect(left + ratio, top + 2 * ratio, Math.max(1, width - 2 * ratio), height - 4 * ratio);
          }
        }
      });
      ctx.restore();
    };
    return chart(host, {
      data: [stops, stops.map(() => null)],
      height: Math.round(rows * each) + 34,
      full,
      group: shared.group,
      words,
      options: {
        legend: { show: false },
        scales: { x: { time: false }, y: { range: [0, rows] } },
        axes: [axis({ size: 30, values: (u, at) => at.map(value => `${mark(value)} s`) }),
          axis({ size: shared.gutter, splits: () => [], grid: { show: false } })],
        series: [{}, { label: 'windows' }],
        cursor: { sync: { key: shared.key, setSeries: false, scales: ['x', null] }, y: false, dataIdx: (u, series, hovered) => hovered },
        hooks: { draw: [draw] },
      },
    });
  };

  const LINE_COLOURS = ['first', 'third', 'second', 'fourth'];

  const panel = (host, run, { title, unit, lines }, full, shared) => {
    host.append(make('div', 'panel-title', `${title}, ${unit}`));
    const table = uPlot.join(lines.map(line => [line.atS, line.values]));
    const percentages = unit === '%';
    const bounds = lines.flatMap(line => line.values).filter(value => value !== null);
    const high = bounds.reduce((a, b) => Math.max(a, b), 0);
    const low = bounds.reduce((a, b) => Math.min(a, b), high);
    return chart(host, {
      data: table,
      height: percentages ? 190 : 150,
      full,
      group: shared.group,
      options: {
        scales: {
          x: { time: false, range: (u, min, max) => (u.data[0][0] === min && u.data[0][u.data[0].length - 1] === max) ? full : [min, max] },
          y: { range: percentages ? [0, 100] : unit === 'W' ? [0, high * 1.08] : [low - 2, high + 2] },
        },
        axes: [axis({ size: 30, values: (u, at) => at.map(value => `${mark(value)} s`) }),
          axis({ size: shared.gutter, space: 24, values: (u, at) => at.map(mark) })],
        legend: { show: lines.length > 1 },
        series: [
          { label: 'time', value: (u, value) => value === null || value === undefined ? '–' : `${number(value)} s` },
          ...lines.map((line, index) => lineOf({ ...line, colour: LINE_COLOURS[index] }, {
            width: 1.5,
            points: { show: false },
            value: (u, value) => value === null || value === undefined ? '–' : `${number(value)} ${unit}`,
          })),
        ],
        cursor: { sync: { key: shared.key, setSeries: false, scales: ['x', null] }, y: false },
        hooks: {
          drawAxes: [u => {
            const { ctx } = u;
            ctx.save();
            ctx.strokeStyle = colour('quiet');
            ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
            ctx.lineWidth = devicePixelRatio;
            for (const [, from] of run.phases) {
              const at = u.valToPos(from, 'x', true);
              if (at <= u.bbox.left || at >= u.bbox.left + u.bbox.width) continue;
              ctx.beginPath();
              ctx.moveTo(at, u.bbox.top);
              ctx.lineTo(at, u.bbox.top + u.bbox.height);
              ctx.stroke();
            }
            ctx.restore();
          }],
        },
      },
      words: (u, index) => [`${number(u.data[0][index])} s`, ...lines.flatMap((line, i) => {
        if (!u.series[i + 1].show) return [];
        const value = u.data[i + 1][nearest(u, i + 1, index)];
        return value === null || value === undefined ? [] : [`${line.name}: ${number(value)} ${unit}`];
      })].join('\n'),
    });
  };

  const timeline = host => {
    const choice = document.getElementById(host.dataset.choice);
    let drawn = [];
    const show = () => {
      drawn.forEach(one => one.destroy());
      host.replaceChildren();
      const run = dataOf(choice.value);
      const full = rangeOf(run);
      const shared = { key: `sync-${choice.id}`, group: [], gutter: host.clientWidth < 600 ? 72 : 150 };
      if (run.missing) host.append(make('p', 'missing', `Not all of this run could be read: ${run.missing}.`));
      const place = () => {
        const element = make('div', 'panel');
        host.append(element);
        return element;
      };
      drawn = [lanes(place(), run, full, shared), ...run.panels.map(one => panel(place(), run, one, full, shared))];
      shared.group.push(...drawn.map(one => one.u));
      drawn[0].u.setScale('x', { min: full[0], max: full[1] });
      const help = helpFor(host, () => drawn[0].reset());
      help.prepend(make('span', '', 'Darker: more work in that second, against the tenant’s own best. Outlined: does not count.'));
    };
    choice.addEventListener('change', show);
    show();
  };

  const kinds = {
    scaling: (host, chartData) => scaling(host, chartData),
    latency: (host, chartData) => latency(host, chartData),
    timeline: host => timeline(host),
  };
  for (const host of all('[data-chart]')) {
    kinds[host.dataset.chart](host, host.dataset.source && dataOf(host.dataset.source));
  }
  showTheme();
})();
