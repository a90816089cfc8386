const KINDS = { scaling, latency, timeline };
for (const host of all('[data-chart]')) {
  KINDS[host.dataset.chart](host, host.dataset.source && dataOf(host.dataset.source));
}
showTheme();
