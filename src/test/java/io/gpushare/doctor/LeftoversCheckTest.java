package io.gpushare.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeftoversCheckTest {
    private static final RunOwner US = RunOwner.current();
    private static final RunOwner GONE = new RunOwner(US.pid(), "1", US.boot(), US.pidNamespace());

    private static Leftover leftover(String kind, RunOwner owner) {
        return new Leftover(kind, "1", "name", "r1", Optional.of(owner));
    }

    private static LeftoverSource holding(Leftover... leftovers) {
        return new Fixed(() -> List.of(leftovers));
    }

    private interface Answer {
        List<Leftover> get();
    }

    private record Fixed(Answer answer) implements LeftoverSource {
        @Override
        public String what() {
            return "things";
        }

        @Override
        public List<Leftover> find() {
            return answer.get();
        }

        @Override
        public void remove(Leftover leftover) {
            throw new AssertionError("the doctor changes nothing");
        }
    }

    private static Finding finding(LeftoverSource... sources) throws InterruptedException {
        LeftoversCheck check = new LeftoversCheck(List.of(sources));
        return check.findings(check.look()).getFirst();
    }

    @Test
    void offersToCleanUpWhatCrashedRunsLeft() throws Exception {
        LeftoverSource away = new Fixed(() -> {
            throw new GpushareException(ExitStatus.UNABLE, "no engine", null);
        });
        Finding finding = finding(
                away,
                holding(leftover("container", GONE), leftover("container", GONE), leftover("container", US)),
                holding(leftover("process", GONE)));
        assertThat(finding.state()).isEqualTo(Finding.State.NOTE);
        assertThat(finding.found()).isEqualTo("2 containers, 1 process of crashed runs still there");
        assertThat(finding.mend()).contains("gpushare cleanup");
        assertThat(finding.values()).containsEntry("containers", 2L).containsEntry("runs", List.of("r1"));
    }

    @Test
    void isQuietAboutRunsThatGoOn() throws Exception {
        assertThat(finding(holding(leftover("process", US))).state()).isEqualTo(Finding.State.OK);
    }
}
