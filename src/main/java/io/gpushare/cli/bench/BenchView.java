package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Console;
import io.gpushare.run.stage.RunListener;
import io.gpushare.text.SafeText;
import io.gpushare.time.Time;
import java.util.function.Consumer;

/** What a person sees on stderr while a bench runs. Notes may come from any thread. */
interface BenchView extends RunListener, AutoCloseable {

    @Override
    void close();

    /** @param title what is run */
    static BenchView of(Console console, Time time, String title) {
        return console.errRedraws() && time.isReal()
                ? CardViews.Page.onTerminal(console, time).only(title)
                : BenchLines.ticking(console.err()::println, time);
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
}
