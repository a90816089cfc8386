package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveBlock;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.cli.terminal.TickingThread;
import io.gpushare.run.stage.RunListener;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.text.SafeText;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a person sees on stderr while a bench runs. Notes may come from any thread. */
interface BenchView extends RunListener, AutoCloseable {

    @Override
    void close();

    /** @param title what is run */
    static BenchView of(Console console, Time time, String title) {
        BenchProgress progress = new BenchProgress(time);
        if (!console.errRedraws() || !time.isReal()) {
            return new Lines(console.err()::println, progress, time);
        }
        BenchPage page = new BenchPage(title, console.errHasColour());
        TerminalSize.Probe size = TerminalSize.Probe.ofStderr();
        return new Live(console, progress, page, size::read);
    }

    /** A view for scripts, which says only what they should know. */
    record Silent(Consumer<String> print) implements BenchView {
        @Override
        public void noted(String sentence) {
            print.accept(SafeText.of(sentence));
        }

        @Override
        public void close() {}
    }

    /** For a pipe or a log, and for a simulation that is over before anybody has looked. */
    final class Lines implements BenchView {
        private final BenchProgress progress;
        private final BenchLines lines;
        private final TickingThread ticking;

        Lines(Consumer<String> print, BenchProgress progress, Time time) {
            this.progress = progress;
            this.lines = new BenchLines(progress, print);
            // Who reads along is of the world: of what is computed faster than that, a line now and then is enough.
            Duration pause = time.isReal() ? Duration.ofMillis(500) : Duration.ofSeconds(1);
            this.ticking = TickingThread.start("bench lines", pause, lines::tick);
        }

        @Override
        public void stageBegan(StageInfo stage) {
            progress.stageBegan(stage);
            lines.stageBegan(stage);
        }

        @Override
        public void phaseBegan(Phase phase, Optional<Duration> expected) {
            progress.phaseBegan(phase, expected);
        }

        @Override
        public void tenantChanged(TenantStatus status) {
            progress.tenantChanged(status);
            lines.tenantChanged(status);
        }

        @Override
        public void stageEnded(StageInfo stage) {
            progress.stageEnded(stage);
            lines.stageEnded(stage);
        }

        @Override
        public void noted(String sentence) {
            lines.noted(sentence);
        }

        @Override
        public void close() {
            ticking.close();
        }
    }

    /** A block that redraws itself; failures and notes stay above it. */
    final class Live extends PageView {
        private static final Duration BETWEEN_TWO_REDRAWS = Duration.ofMillis(100);
        private static final int REDRAWS_A_COLUMN = 5;

        private final Console console;
        private final Supplier<TerminalSize> size;
        private final LiveBlock block;
        private final TickingThread ticking;
        private int redraws;

        Live(Console console, BenchProgress progress, BenchPage page, Supplier<TerminalSize> size) {
            super(progress, page);
            this.console = console;
            this.size = size;
            this.block = console.liveBlock();
            this.ticking = TickingThread.start("bench view", BETWEEN_TWO_REDRAWS, this::draw);
        }

        private void draw() {
            TerminalSize now = size.get();
            BenchProgress.Snapshot standing = progress.now();
            if (redraws++ % REDRAWS_A_COLUMN == 0) {
                page.advance(standing);
            }
            block.draw(page.lines(standing, now), now.columns());
        }

        @Override
        void print(String sentence, Style style) {
            print("", sentence, style, console, block, size.get().columns());
        }

        @Override
        public void close() {
            ticking.close();
            block.close();
        }
    }
}
