/**
 * The newest readings as a Prometheus endpoint, under dcgm-exporter's metric names where one exists, so that dashboards
 * made for it work.
 */
@NullMarked
package io.gpushare.prometheus;

import org.jspecify.annotations.NullMarked;
