package io.gpushare.cli.load;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveBlock;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.load.account.Tally.Second;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A line a second on a terminal, redrawn in place; elsewhere one every ten seconds, which stays. */
final class LoadView implements AutoCloseable {
    private static final int SELDOM = 10;

    private final Console console;
    private final boolean silent;
    private final boolean open;
    private final Optional<LiveBlock> block;
    private int seconds;

    /** @param open whether there is a rate that was asked for */
    LoadView(Console console, boolean silent, boolean open) {
        this.console = console;
        this.silent = silent;
        this.open = open;
        this.block = !silent && console.errRedraws() ? Optional.of(console.liveBlock()) : Optional.empty();
    }

    void second(Duration since, boolean measuring, double length, Second second, long underWay) {
        if (silent || length <= 0) {
            return;
        }
        String line = line(since, measuring, length, second, underWay);
        if (block.isPresent()) {
            int columns = TerminalSize.Probe.ofStderr().read().columns();
            block.get().draw(List.of(line.length() < columns ? line : line.substring(0, columns - 1)), columns);
        } else if (++seconds % SELDOM == 0) {
            console.err().println(line);
        }
    }

    private String line(Duration since, boolean measuring, double length, Second second, long underWay) {
        Histogram latencies = second.latencies();
        StringBuilder line = new StringBuilder(Durations.clock(since));
        line.append(measuring ? "  " : "  warm-up  ");
        if (open) {
            line.append("asked ")
                    .append(Figure.of((second.dispatched() + second.dropped()) / length))
                    .append("/s  ");
        }
        line.append("got ").append(Figure.of(second.completed() / length)).append("/s");
        if (latencies.getTotalCount() > 0) {
            line.append("  p50 ").append(milliseconds(latencies, 50));
            line.append("  p99 ").append(milliseconds(latencies, 99));
        }
        line.append("  errors ").append(second.failed() + second.dropped());
        return line.append("  under way ").append(underWay).toString();
    }

    private static String milliseconds(Histogram latencies, double percentile) {
        return Figure.of(latencies.getValueAtPercentile(percentile) / 1e6, "ms");
    }

    /** A line that stays. */
    void say(String line) {
        if (silent) {
            return;
        }
        if (block.isPresent()) {
            block.get().print(line, TerminalSize.Probe.ofStderr().read().columns());
        } else {
            console.err().println(line);
        }
    }

    @Override
    public void close() {
        block.ifPresent(LiveBlock::close);
    }
}
