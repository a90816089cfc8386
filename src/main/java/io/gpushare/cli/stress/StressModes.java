package io.gpushare.cli.stress;

import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.stress.StressReport.LeftOut;
import io.gpushare.experiment.stress.ModeStress;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One mode after another. What this machine cannot do is left out, as long as there is something that it can. */
final class StressModes {
    private final List<ModeStress> found = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private Optional<GpushareException> firstFailure = Optional.empty();
    private Optional<GpushareException> notRestored = Optional.empty();

    /** Whether a next one is to be begun. */
    boolean goesOn() {
        return notRestored.isEmpty()
                && found.stream().noneMatch(search -> search.end() instanceof ModeStress.End.Interrupted);
    }

    /**
     * @param only whether there is no other mode
     * @throws GpushareException where this has nothing to do with the mode
     */
    void search(StressPlans plans, StressRun run, boolean only) throws InterruptedException {
        try {
            found.add(run.search());
            notRestored = run.notRestored();
        } catch (GpushareException failure) {
            boolean noGpu = failure.getCause() instanceof NoGpuException;
            if (only || noGpu || failure.status() != ExitStatus.UNABLE) {
                throw failure;
            }
            leftOut.add(new LeftOut(plans.words(), failure.sentence()));
            firstFailure = firstFailure.or(() -> Optional.of(failure));
        }
    }

    /** @throws GpushareException where this machine can do none of the modes */
    List<ModeStress> found() {
        if (found.isEmpty() && firstFailure.isPresent()) {
            throw firstFailure.get();
        }
        return List.copyOf(found);
    }

    List<LeftOut> leftOut() {
        return List.copyOf(leftOut);
    }

    /** Why the GPU is not what it was before, if so: who was told the answers is to be told this too. */
    Optional<GpushareException> notRestored() {
        return notRestored;
    }
}
