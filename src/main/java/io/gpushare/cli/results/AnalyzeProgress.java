package io.gpushare.cli.results;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveBlock;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.StyledLine;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.text.Amount;
import io.gpushare.time.Time;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How far reading has come, on the terminal of somebody who would otherwise wonder. */
final class AnalyzeProgress implements ReadingProgress, AutoCloseable {
    /** Reading that ends before this is not worth a line. */
    private static final long PATIENCE_NANOS = 400_000_000;

    private static final long PAUSE_NANOS = 100_000_000;

    private record Terminal(LiveBlock block, TerminalSize.Probe size, boolean colour) {}

    private final Optional<Terminal> terminal;
    private final AtomicLong next = new AtomicLong(Time.real().nanos() + PATIENCE_NANOS);

    AnalyzeProgress(Console console) {
        terminal = console.errRedraws()
                ? Optional.of(new Terminal(console.liveBlock(), TerminalSize.Probe.ofStderr(), console.errHasColour()))
                : Optional.empty();
    }

    @Override
    public void done(int files, int ofFiles, long bytes) {
        long now = Time.real().nanos();
        long due = next.get();
        if (terminal.isPresent() && now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            draw(terminal.get(), files, ofFiles, bytes);
        }
    }

    private static void draw(Terminal terminal, int files, int ofFiles, long bytes) {
        int columns = terminal.size().read().columns();
        String line = new StyledLine(columns, terminal.colour())
                .add("Reading results  " + files + " of " + Amount.of(ofFiles, "file"))
                .add(Style.SECONDARY, ", " + Amount.bytes(bytes))
                .toString();
        terminal.block().draw(List.of(line), columns);
    }

    @Override
    public void close() {
        terminal.map(Terminal::block).ifPresent(LiveBlock::close);
    }
}
