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
