package io.gpushare.exchange;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.text.SafeText;
import java.nio.file.Path;

/** A file that is meant to be in a format that is known, and is not as it must be. */
public final class WrongFormatException extends GpushareException {
    private static final long serialVersionUID = 1;

    private final String problem;

    WrongFormatException(Path file, String problem, String advice, Throwable cause) {
        super(ExitStatus.FAILED, SafeText.of(file + " cannot be imported: " + problem), advice, cause);
        this.problem = SafeText.of(problem);
    }

    /** What is wrong and where, without the file. */
    public String problem() {
        return problem;
    }
}
