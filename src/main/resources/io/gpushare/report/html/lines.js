// Charts over the number of tenants, and over percentiles.
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
      const interval = point[3] === undefined ? '' : `, ${number(point[3])} to ${number(point[4])}${point[2] === 1 ? ' within it' : ''}`;
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
      padding: [null, 30, null, null],
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
