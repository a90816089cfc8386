package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepOutputTest {
    private final StringBuilder handedOn = new StringBuilder();
    private final StepOutput output = new StepOutput(new ProgramOutput() {
        @Override
        public void stdout(byte[] bytes, int offset, int count) {}

        @Override
        public void stderr(byte[] bytes, int offset, int count) {
            handedOn.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
        }
    });

    private void says(String text, int pieces) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += pieces) {
            output.stderr(bytes, at, Math.min(pieces, bytes.length - at));
        }
    }

    /** However the pipe cuts it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30, 1000})
    void keepsTheStepsOwnLineAndHandsOnEverythingElse(int pieces) {
        says("srun: a word\ngpushare-step 3 4711 n2\nloading\rloading\rdone", pieces);

        assertThat(output.place()).contains(new StepOutput.Place("3", 4711, "n2"));
        assertThat(handedOn).hasToString("srun: a word\nloading\rloading\rdone");
    }

    @Test
    void remembersWhatSrunSaysOfTheEnd() {
        says("gpushare-step 0 12 n1\nTraceback\nsrun: error: n1: task 0: Out Of Memory\n", 20);
        assertThat(output.taskEnd()).isEqualTo("Out Of Memory");
    }

    @Test
    void doesNotTellAnyoneOfAStepThatAnnouncedItselfTwice() {
        says("gpushare-step 0 12 n1\ngpushare-step 9 99 n9\n", 1000);
        assertThat(output.place()).contains(new StepOutput.Place("0", 12, "n1"));
        assertThat(handedOn).hasToString("gpushare-step 9 99 n9\n");
    }

    @Test
    void leavesOutThatTheSiteBindsNothing() {
        says("srun: cluster configuration lacks support for cpu binding\ngpushare-step 0 12 n1\n", 1000);
        assertThat(handedOn).isEmpty();
    }
}
