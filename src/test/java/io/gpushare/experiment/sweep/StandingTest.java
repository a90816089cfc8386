package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.experiment.sweep.Standing.State;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandingTest {
    private static final Path ONE = Path.of("one.json");
    private static final Path TWO = Path.of("two.json");

    private static Verdict verdict(Reason... reasons) {
        return new Verdict(
                Arrays.stream(reasons).map(reason -> new Finding(reason, "so")).toList());
    }

    @Test
    void aValidRunSettlesItAndIsWhatIsBuiltOn() {
        Standing valid = Standing.NOTHING.and(verdict(Reason.IMPRECISE), ONE).and(verdict(), TWO);
        assertThat(valid.settled()).isTrue();
        assertThat(valid.file()).hasValue(TWO);
        Standing inOtherOrder = Standing.NOTHING.and(verdict(), TWO).and(verdict(Reason.IMPRECISE), ONE);
        assertThat(inOtherOrder.file()).hasValue(TWO);
    }

    @Test
    void onlyWantOfPrecisionIsTriedOnceMoreAndThenKept() {
        Standing once = Standing.NOTHING.and(verdict(Reason.IMPRECISE, Reason.DRIFTING), ONE);
        assertThat(once.settled()).isFalse();
        assertThat(once.waitsForAnother()).isTrue();
        assertThat(once.file()).hasValue(ONE);
        Standing twice = once.and(verdict(Reason.HOST_SLOWED), TWO);
        assertThat(twice.settled()).isTrue();
        assertThat(twice.state()).isEqualTo(State.INEXACT);
    }

    @Test
    void whatFailedOrWasInterruptedIsNothingToBuildOn() {
        for (Reason reason : List.of(Reason.TENANT_FAILED, Reason.MODE_UNPROVEN, Reason.TIMED_OUT)) {
            Standing failed = Standing.NOTHING.and(verdict(Reason.IMPRECISE, reason), ONE);
            assertThat(failed.state()).isEqualTo(State.FAILED);
            assertThat(failed.settled()).isFalse();
            assertThat(failed.waitsForAnother()).isFalse();
            assertThat(failed.file()).isEmpty();
        }
        assertThat(Standing.NOTHING.and(verdict(Reason.INTERRUPTED, Reason.TENANT_FAILED), ONE))
                .isEqualTo(Standing.NOTHING);
    }
}
