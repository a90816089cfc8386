package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveBlock;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.cli.terminal.TickingThread;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a person sees while a plan runs on several GPUs: a page with a part for each where the terminal redraws, lines
 * that name the GPU elsewhere.
 */
interface CardViews extends AutoCloseable {

    /**
     * @param name of the GPU, before each sentence
     * @param title of its part
     */
    BenchView of(String name, String title);

    @Override
    void close();

    static CardViews of(Console console, Time time, boolean silent) {
        if (!silent && console.errRedraws() && time.isReal()) {
            return new Page(console, time, TerminalSize.Probe.ofStderr()::read);
        }
        return new Lines(console, time, silent);
    }

    record Lines(Console console, Time time, boolean silent) implements CardViews {
        @Override
        public BenchView of(String name, String title) {
            Consumer<String> print = line -> console.err().println(name + "  " + line);
            return silent ? new BenchView.Silent(print) : new BenchView.Lines(print, new BenchProgress(time), time);
        }

        @Override
        public void close() {}
    }

    /** A part for each GPU, one above the other, of the same height. */
    final class Page implements CardViews {
        private static final Duration BETWEEN_TWO_REDRAWS = Duration.ofMillis(100);
        private static final int REDRAWS_A_COLUMN = 5;

        private final Console console;
        private final Time time;
        private final Supplier<TerminalSize> size;
        private final LiveBlock block;
        private final List<Part> parts = new ArrayList<>();
        private final TickingThread ticking;
        private int redraws;

        Page(Console console, Time time, Supplier<TerminalSize> size) {
            this.console = console;
            this.time = time;
            this.size = size;
            this.block = console.liveBlock();
            this.ticking = TickingThread.start("bench view", BETWEEN_TWO_REDRAWS, this::draw);
        }

        @Override
        public synchronized BenchView of(String name, String title) {
            Part part = new Part(name, new BenchProgress(time), new BenchPage(title, console.errHasColour()));
            parts.add(part);
            return part;
        }

        private void draw() {
            TerminalSize now = size.get();
            block.draw(lines(now), now.columns());
        }

        synchronized List<String> lines(TerminalSize now) {
            if (parts.isEmpty()) {
                return List.of();
            }
            boolean advances = redraws++ % REDRAWS_A_COLUMN == 0;
            // The cursor stands on a row of its own below the block, and each part believes that of itself.
            int rows = (now.rows() - 1) / parts.size() + 1;
            List<String> lines = new ArrayList<>();
            for (Part part : parts) {
                BenchProgress.Snapshot standing = part.progress.now();
                if (advances) {
                    part.page.advance(standing);
                }
                lines.addAll(part.page.lines(standing, new TerminalSize(now.columns(), rows)));
            }
            return List.copyOf(lines.subList(0, Math.min(lines.size(), Math.max(1, now.rows() - 1))));
        }

        @Override
        public void close() {
            ticking.close();
            block.close();
        }

        private final class Part extends PageView {
            private final String name;

            Part(String name, BenchProgress progress, BenchPage page) {
                super(progress, page);
                this.name = name;
            }

            @Override
            void print(String sentence, Style style) {
                print(name + ": ", sentence, style, console, block, size.get().columns());
            }

            @Override
            public void close() {}
        }
    }
}
