package io.gpushare.exchange;

import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.prose.Harmless;
import java.nio.file.Path;

/** A file that is meant to be in a format that is known, and is not as it must be. */
public final class WrongFormatException extends GpushareException {
    private static final long serialVersionUID = 1;

    private final String problem;

    WrongFormatException(Path file, String problem, String advice, Throwable cause) {
        super(ExitStatus.FAILED, Harmless.of(file + " cannot be imported: " + problem), advice, cause);
        this.problem = Harmless.of(problem);
    }

    /** What is wrong and where, without the file. */
    public String problem() {
        return problem;
    }
}
