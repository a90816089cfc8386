package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunOwnerTest {
    private final RunOwner current = RunOwner.current();

    @Test
    void knowsItselfAgain() {
        assertThat(RunOwner.parse(current.text())).contains(current);
        assertThat(current.state()).isEqualTo(RunOwner.State.RUNNING);
    }

    @Test
    void tellsAnotherProcessWithTheSameNumberFromItself() {
        RunOwner earlier = new RunOwner(current.pid(), "1", current.boot(), current.pidNamespace());
        RunOwner rebooted = new RunOwner(current.pid(), current.startTicks(), "another boot", "pid:[1]");
        RunOwner elsewhere = new RunOwner(current.pid(), current.startTicks(), current.boot(), "pid:[1]");

        assertThat(earlier.state()).isEqualTo(RunOwner.State.GONE);
        assertThat(rebooted.state()).isEqualTo(RunOwner.State.GONE);
        assertThat(elsewhere.state()).isEqualTo(RunOwner.State.UNKNOWN);
    }

    @Test
    void refusesWhatItDidNotWrite() {
        assertThat(RunOwner.parse("")).isEmpty();
        assertThat(RunOwner.parse("1/2/3")).isEmpty();
        assertThat(RunOwner.parse("99999999999/2/3/4")).isEmpty();
        assertThat(RunOwner.parse("one/2/3/4")).isEmpty();
    }
}
