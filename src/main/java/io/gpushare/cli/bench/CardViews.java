package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveBlock;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.cli.terminal.TickingThread;
import io.gpushare.gpu.Gpu;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            return Page.onTerminal(console, time);
        }
        return new Lines(console, time, silent);
    }

    record Lines(Console console, Time time, boolean silent) implements CardViews {
        @Override
        public BenchView of(String name, String title) {
            Consumer<String> print = line -> console.err().println(name + "  " + line);
            return silent ? new BenchView.Silent(print) : BenchLines.ticking(print, time);
        }

        @Override
        public void close() {}
    }

    /** A block that redraws itself, with a part for each GPU, one above the other, of the same height. */
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

        static Page onTerminal(Console console, Time time) {
            return new Page(console, time, TerminalSize.Probe.ofStderr()::read);
        }

        @Override
        public BenchView of(String name, String title) {
            return part(name + ": ", title, () -> {});
        }

        /** The one part of a page that is closed with it. */
        BenchView only(String title) {
            return part("", title, this::close);
        }

        private synchronized Part part(String prefix, String title, Runnable closing) {
            Part part =
                    new Part(prefix, new BenchProgress(time), new BenchPage(title, console.errHasColour()), closing);
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

        /** Failures and notes go above the block. */
        private final class Part implements BenchView {
            private final String prefix;
            private final BenchProgress progress;
            private final BenchPage page;
            private final Runnable closing;
            private final ToldFailures told = new ToldFailures();

            /** @param prefix of ours, before what somebody else's program may have said */
            Part(String prefix, BenchProgress progress, BenchPage page, Runnable closing) {
                this.prefix = prefix;
                this.progress = progress;
                this.page = page;
                this.closing = closing;
            }

            private void print(String sentence, Style style) {
                int columns = size.get().columns();
                Wrapping.of(prefix + SafeText.of(sentence), columns)
                        .forEach(line -> block.print(console.styledForErr(style, line), columns));
            }

            @Override
            public void sampled(Gpu gpu, LatestReadings latest) {
                page.sampled(gpu, latest);
            }

            @Override
            public void stageBegan(StageInfo stage) {
                progress.stageBegan(stage);
                told.clear();
            }

            @Override
            public void phaseBegan(Phase phase, Optional<Duration> expected) {
                progress.phaseBegan(phase, expected);
            }

            @Override
            public void tenantChanged(TenantStatus status) {
                progress.tenantChanged(status);
                told.sentence(status).ifPresent(sentence -> print(sentence, Style.BAD));
            }

            @Override
            public void stageEnded(StageInfo stage) {
                progress.stageEnded(stage);
            }

            @Override
            public void noted(String sentence) {
                print(sentence, Style.ATTENTION);
            }

            @Override
            public void close() {
                closing.run();
            }
        }
    }
}
