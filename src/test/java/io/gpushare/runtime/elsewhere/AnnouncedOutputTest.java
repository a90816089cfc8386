package io.gpushare.runtime.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncedOutputTest {
    private final StringBuilder handedOn = new StringBuilder();
    private final AnnouncedOutput output = new AnnouncedOutput(
            new ProgramOutput() {
                @Override
                public void stdout(byte[] bytes, int offset, int count) {}

                @Override
                public void stderr(byte[] bytes, int offset, int count) {
                    handedOn.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
                }
            },
            "launcher: of no use"::equals);

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

        assertThat(output.place()).contains(new AnnouncedOutput.Place("3", 4711, "n2"));
        assertThat(handedOn).hasToString("srun: a word\nloading\rloading\rdone");
    }

    @Test
    void doesNotTellAnyoneOfAStepThatAnnouncedItselfTwice() {
        says("gpushare-step 0 12 n1\ngpushare-step 9 99 n9\n", 1000);
        assertThat(output.place()).contains(new AnnouncedOutput.Place("0", 12, "n1"));
        assertThat(handedOn).hasToString("gpushare-step 9 99 n9\n");
    }

    @Test
    void leavesOutWhatTheLauncherSaysForNobody() {
        says("launcher: of no use\ngpushare-step 0 12 n1\n", 1000);
        assertThat(handedOn).isEmpty();
    }
}
