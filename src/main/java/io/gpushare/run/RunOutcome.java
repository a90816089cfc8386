package io.gpushare.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.benchmark.RunResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * @param document what the file holds
 * @param notRestored why the GPU is not what it was before, if so: who was told the result is to be told this too
 */
public record RunOutcome(RunResult result, Path file, ObjectNode document, Optional<GpushareException> notRestored) {
    public RunOutcome(RunResult result, Path file, ObjectNode document) {
        this(result, file, document, Optional.empty());
    }

    RunOutcome withoutRestoration(GpushareException why) {
        return new RunOutcome(result, file, document, Optional.of(why));
    }
}
