package io.gpushare.cli.machine;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveScreen;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.sampling.Sampler;
import io.gpushare.text.Durations;
import java.time.Duration;
import java.util.Optional;

/** What a person sees while sampling goes on. */
sealed interface MonitorView extends AutoCloseable {
    Duration interval();

    void show(MonitorPage page, Sampler sampler);

    @Override
    default void close() {}

    /** @param duration how long it is going to take, if that is known */
    static MonitorView of(Console console, boolean silent, Optional<Duration> duration) {
        if (silent) {
            return new Silent();
        }
        return console.outIsTerminal() ? new Live(console, duration) : new Lines(console);
    }

    /** Nothing, for scripts. */
    final class Silent implements MonitorView {
        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void show(MonitorPage page, Sampler sampler) {}
    }

    /** A line a GPU and second, for a pipe or a log. */
    final class Lines implements MonitorView {
        private final Console console;

        Lines(Console console) {
            this.console = console;
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void show(MonitorPage page, Sampler sampler) {
            String time = Durations.clock(sampler.elapsed());
            page.plainLines().forEach(line -> console.out().println(time + "  " + line));
        }
    }

    /** A page that redraws itself and follows the size of the terminal. */
    final class Live implements MonitorView {
        private final LiveScreen screen;
        private final TerminalSize.Probe size = new TerminalSize.Probe();
        private final Optional<Duration> duration;

        Live(Console console, Optional<Duration> duration) {
            this.screen = console.liveScreen();
            this.duration = duration;
        }

        @Override
        public Duration interval() {
            return Duration.ofMillis(500);
        }

        @Override
        public void show(MonitorPage page, Sampler sampler) {
            page.advance();
            TerminalSize now = size.read();
            screen.draw(page.lines(now, title(sampler.elapsed()), footer(sampler)), now.rows());
        }

        private String title(Duration elapsed) {
            String end =
                    duration.map(Durations::clock).map(whole -> " of " + whole).orElse("");
            return "gpushare monitor  " + Durations.clock(elapsed) + end;
        }

        private static String footer(Sampler sampler) {
            long missed = sampler.instrument().missedTicks();
            String problem =
                    sampler.journalFailure().map(failure -> "  ·  " + failure).orElse("");
            return "Ctrl-C ends and saves" + (missed > 0 ? "  ·  " + missed + " ticks missed" : "") + problem;
        }

        @Override
        public void close() {
            screen.close();
        }
    }
}
