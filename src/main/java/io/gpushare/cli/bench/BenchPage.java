package io.gpushare.cli.bench;

import io.gpushare.cli.machine.GpuGauges;
import io.gpushare.cli.terminal.Bar;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.StyledLine;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.gpu.Gpu;
import io.gpushare.run.stage.RunListener.Phase;
import io.gpushare.run.stage.RunListener.StageInfo;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.text.Durations;
import io.gpushare.text.ScaledNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is shown while a bench runs: where it stands, a bar for the phase, what the GPU does, and a line a tenant. The
 * GPU gets the rows that the tenants leave; what is left then makes the tenants' sparklines higher.
 */
final class BenchPage {
    private static final int PHASE_WIDTH = 11;
    private static final int WIDEST_BAR = 40;
    private static final int NUMBER_WIDTH = 5;
    private static final int LONGEST_NAME = 28;
    private static final int STATE_WIDTH = 11;
    private static final int RATE_WIDTH = 10;
    private static final int UNIT_WIDTH = 12;
    private static final int P99_WIDTH = "p99 ".length() + RATE_WIDTH - 2 + " ms".length();
    /** The columns beside the name, with the blank one at the end that a terminal needs. */
    private static final int BESIDE_NAME = NUMBER_WIDTH + 2 + STATE_WIDTH + RATE_WIDTH + UNIT_WIDTH + P99_WIDTH + 1;

    private static final int SHORTEST_NAME = 12;
    private static final int NARROWEST_SPARKLINE = 8;
    private static final int HIGHEST_SPARKLINE = 3;

    private final String title;
    private final boolean colour;
    private final RateHistory rates = new RateHistory();
    private Optional<GpuGauges> gpu = Optional.empty();

    /** @param title what is run: mode, tenants, GPU */
    BenchPage(String title, boolean colour) {
        this.title = title;
        this.colour = colour;
    }

    synchronized void sampled(Gpu sampled, LatestReadings latest) {
        gpu = Optional.of(new GpuGauges(sampled, latest, colour));
    }

    /** Moves the sparklines on by one column. */
    synchronized void advance(BenchProgress.Snapshot now) {
        gpu.ifPresent(GpuGauges::advance);
        rates.advance(now);
    }

    synchronized List<String> lines(BenchProgress.Snapshot now, TerminalSize size) {
        List<String> lines = new ArrayList<>();
        lines.add(heading(now, size));
        lines.add(phase(now, size));
        // The cursor stands on a row of its own, below the block.
        int rows = Math.max(0, size.rows() - lines.size() - 1);
        List<String> gauges = gauges(tenants(now), rows, size);
        lines.addAll(gauges);
        addTenants(lines, now.tenants(), size, rows - gauges.size());
        return lines.subList(0, Math.min(lines.size(), Math.max(1, size.rows() - 1)));
    }

    /** Those too that are still to be launched: what is above them is not to jump then. */
    private static int tenants(BenchProgress.Snapshot now) {
        return Math.max(
                now.tenants().size(),
                now.stage().map(stage -> stage.tenants().size()).orElse(0));
    }

    /** As many as leave a row for each tenant; of many tenants some have to give way. */
    private List<String> gauges(int tenants, int rows, TerminalSize size) {
        if (gpu.isEmpty()) {
            return List.of();
        }
        // A last column that stays free: the block is as wide as the tenants' lines below.
        TerminalSize inner = new TerminalSize(Math.max(1, size.columns() - 1), size.rows());
        List<String> all = apart(gpu.get().lines(inner));
        List<String> chief = apart(gpu.get().chiefLines(inner));
        if (all.size() + tenants <= rows) {
            return all;
        }
        return chief.size() + Math.min(tenants, chief.size()) <= rows ? chief : List.of();
    }

    private static List<String> apart(List<String> block) {
        return Stream.of(List.of(""), block, List.of("")).flatMap(List::stream).toList();
    }

    private StyledLine line(TerminalSize size) {
        return new StyledLine(size.columns(), colour);
    }

    private String heading(BenchProgress.Snapshot now, TerminalSize size) {
        String stage = now.stage().map(BenchPage::words).orElse("");
        return line(size)
                .add(Style.HEADING, title)
                .add(stage.isEmpty() ? "" : "  ·  ")
                .add(stage)
                .toString();
    }

    private static String words(StageInfo stage) {
        return "stage " + stage.position() + " of " + stage.count() + ": " + stage.name();
    }

    private String phase(BenchProgress.Snapshot now, TerminalSize size) {
        String clock = now.expected()
                .map(whole -> Durations.clock(now.inPhase()) + " of " + Durations.clock(whole))
                .orElseGet(() -> Durations.clock(now.inPhase()) + readiness(now));
        String left = now.left()
                .map(duration -> "  about " + Durations.clock(duration) + " left")
                .orElse("");
        int room = size.columns() - PHASE_WIDTH - clock.length() - left.length() - 4;
        StyledLine line = line(size).add(now.phase().words()).column(PHASE_WIDTH);
        if (room >= 5) {
            line.add(Style.GOOD, track(fraction(now), Math.min(room, WIDEST_BAR)))
                    .add("  ");
        }
        return line.add(clock).add(Style.SECONDARY, left).toString();
    }

    /** Where no time is known, tenants are counted. */
    private static String readiness(BenchProgress.Snapshot now) {
        int all = now.stage().map(stage -> stage.tenants().size()).orElse(0);
        return now.phase() == Phase.LOADING ? "  " + ready(now) + " of " + all + " ready" : "";
    }

    private static long ready(BenchProgress.Snapshot now) {
        return now.count(State.READY) + now.count(State.WORKING);
    }

    private static double fraction(BenchProgress.Snapshot now) {
        if (now.expected().isPresent()) {
            return now.inPhase().toNanos() / (double) now.expected().get().toNanos();
        }
        int all = now.stage().map(stage -> stage.tenants().size()).orElse(0);
        return all == 0 ? 0 : ready(now) / (double) all;
    }

    /** What is still to be filled shows as a thin line. */
    private static String track(double fraction, int width) {
        return Bar.of(fraction, width).replace(' ', '·');
    }

    private void addTenants(List<String> lines, List<TenantStatus> tenants, TerminalSize size, int rows) {
        int longest = Math.clamp(size.columns() - BESIDE_NAME, SHORTEST_NAME, LONGEST_NAME);
        int name = tenants.stream()
                .mapToInt(tenant -> Math.min(longest, tenant.workload().length()))
                .max()
                .orElse(0);
        int shown = tenants.size() <= rows ? tenants.size() : Math.max(0, rows - 1);
        int each = rows / Math.max(1, tenants.size());
        int high = each > 2 ? Math.min(HIGHEST_SPARKLINE, each - 1) : 1;
        for (int i = 0; i < shown; i++) {
            List<String> block = tenant(tenants.get(i), name, high, size);
            lines.addAll(block);
            if (block.size() > 1 && i < shown - 1) {
                lines.add("");
            }
        }
        if (shown < tenants.size()) {
            lines.add(line(size)
                    .add(Style.SECONDARY, "  and " + rest(tenants.subList(shown, tenants.size())))
                    .toString());
        }
    }

    private static String rest(List<TenantStatus> tenants) {
        return tenants.size() + " more: "
                + Arrays.stream(State.values())
                        .filter(state -> tenants.stream().anyMatch(tenant -> tenant.state() == state))
                        .map(state -> tenants.stream()
                                        .filter(tenant -> tenant.state() == state)
                                        .count()
                                + " " + state.words())
                        .collect(Collectors.joining(", "));
    }

    /** Adds what a tenant did before, beside what it does now: in one row or in several, where there is room. */
    private List<String> tenant(TenantStatus tenant, int nameWidth, int high, TerminalSize size) {
        int begin = NUMBER_WIDTH + nameWidth + 2 + STATE_WIDTH + RATE_WIDTH + UNIT_WIDTH + P99_WIDTH + 2;
        int room = size.columns() - begin - 1;
        boolean drawn = tenant.problem().isEmpty() && room >= NARROWEST_SPARKLINE;
        List<String> past = drawn ? rates.lines(tenant, room, high) : List.of();
        List<String> lines = new ArrayList<>();
        StyledLine first = now(tenant, nameWidth, size);
        for (int row = 0; row < past.size(); row++) {
            StyledLine line = row == 0 ? first : line(size);
            lines.add(line.column(begin).add(Style.GOOD, past.get(row)).toString());
        }
        return lines.isEmpty() ? List.of(first.toString()) : lines;
    }

    private StyledLine now(TenantStatus tenant, int nameWidth, TerminalSize size) {
        String number = Integer.toString(tenant.number());
        int state = NUMBER_WIDTH + nameWidth + 2;
        StyledLine line = line(size)
                .column(NUMBER_WIDTH - 2 - number.length())
                .add(number)
                .column(NUMBER_WIDTH)
                .add(shortened(tenant.workload(), nameWidth))
                .column(state)
                .add(style(tenant.state()), tenant.state().words())
                .column(state + STATE_WIDTH);
        if (tenant.problem().isPresent()) {
            return line.add(style(tenant.state()), tenant.problem().get());
        }
        tenant.unitsPerSec().ifPresent(rate -> {
            ScaledNumber scaled = ScaledNumber.of(rate);
            line.add(right(scaled.digits(), RATE_WIDTH)).add(" " + scaled.rateUnit(tenant.unit()));
        });
        tenant.p99Ms()
                .ifPresent(p99 -> line.column(state + STATE_WIDTH + RATE_WIDTH + UNIT_WIDTH)
                        .add(Style.SECONDARY, "p99 " + right(ScaledNumber.plain(p99), RATE_WIDTH - 2) + " ms"));
        return line;
    }

    private static String shortened(String name, int width) {
        return name.length() <= width ? name : name.substring(0, width - 1) + "…";
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static Style style(State state) {
        return switch (state) {
            case LAUNCHING, LOADING, STOPPING, DONE, CANCELLED -> Style.SECONDARY;
            case READY -> Style.COMMAND;
            case WORKING -> Style.GOOD;
            case FAILED -> Style.BAD;
        };
    }
}
