package io.gpushare.run;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ActiveMode;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a mode. When it fails after all was measured, the measurement comes first: it is written, and then the
 * failure is told.
 */
final class Restoration implements AutoCloseable {
    private static final String COMMAND = "gpushare restore";

    private final ActiveMode mode;
    private final Consumer<String> note;
    private boolean measured;
    private @Nullable RuntimeException failure;

    /** @param note told at once what was not put back */
    Restoration(ActiveMode mode, Consumer<String> note) {
        this.mode = mode;
        this.note = note;
    }

    ActiveMode mode() {
        return mode;
    }

    /** From here on there is something that must not be lost. */
    void allWasMeasured() {
        measured = true;
    }

    @Override
    public void close() {
        try {
            mode.close();
        } catch (RuntimeException notRestored) {
            failure = notRestored instanceof GpushareException known ? named(known) : notRestored;
            note.accept(warning(failure));
            if (!measured) {
                throw failure;
            }
        }
    }

    private static GpushareException named(GpushareException known) {
        String advice = known.advice()
                .map(given -> given.contains(COMMAND) ? given : given + " Then: " + COMMAND)
                .orElse("Put it back with: " + COMMAND);
        return GpushareException.failed(known.sentence(), advice, known);
    }

    private static String warning(RuntimeException failure) {
        String what = failure instanceof GpushareException known ? known.sentence() : failure.toString();
        return "the GPU is not as it was before the run: " + what + "; put it back with: " + COMMAND;
    }

    /** For the result. */
    Optional<String> warning() {
        return Optional.ofNullable(failure).map(Restoration::warning);
    }

    /** The outcome with what is to be told after it. A mistake of ours is thrown. */
    RunOutcome told(RunOutcome outcome) {
        RuntimeException told = failure;
        if (told == null) {
            return outcome;
        }
        if (told instanceof GpushareException known) {
            return outcome.withoutRestoration(known);
        }
        throw told;
    }
}
