package io.gpushare.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.TenantExit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PipeMessagesTest {
    private final StringBuilder heard = new StringBuilder();
    private final CompletableFuture<PipeEnd> end = new CompletableFuture<>();
    private final PipeMessages messages = new PipeMessages(
            new ProgramOutput() {
                @Override
                public void stdout(byte[] bytes, int offset, int count) {
                    heard.append("out:").append(new String(bytes, offset, count, StandardCharsets.UTF_8));
                }

                @Override
                public void stderr(byte[] bytes, int offset, int count) {
                    heard.append("err:").append(new String(bytes, offset, count, StandardCharsets.UTF_8));
                }
            },
            end);

    private void comes(int channel, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        messages.take(ByteBuffer.allocate(bytes.length + 1)
                .put((byte) channel)
                .put(bytes)
                .flip());
    }

    @Test
    void handsOnWhatAProgramSaysInOrder() {
        comes(1, "");
        comes(2, "loading");
        comes(1, "{}");
        assertThat(heard).hasToString("err:loadingout:{}");
        assertThat(end).isNotDone();
    }

    @Test
    void tellsHowItEnded() {
        comes(3, """
                {"metadata": {}, "status": "Failure", "message": "command terminated with non-zero exit code",
                "reason": "NonZeroExitCode", "details": {"causes": [{"reason": "ExitCode", "message": "7"}]}}""");
        assertThat(end).isCompletedWithValue(new PipeEnd.Exited(7));
    }

    @Test
    void tellsThatItEndedWell() {
        comes(3, "{\"metadata\": {}, \"status\": \"Success\"}");
        assertThat(end).isCompletedWithValue(new PipeEnd.Exited(0));
    }

    @Test
    void keepsTheKubeletsReason() {
        comes(
                3,
                "{\"status\": \"Failure\", \"message\": \"container not found (tenant)\", \"reason\": \"InternalError\"}");
        assertThat(end).isCompletedWithValue(new PipeEnd.Broken("container not found (tenant)"));
    }

    /** Older kubelets wrote a sentence. */
    @Test
    void keepsWhatIsNoJson() {
        comes(3, "error executing command in container: oh no\n");
        assertThat(end).isCompletedWithValue(new PipeEnd.Broken("error executing command in container: oh no"));
    }

    @Test
    void takesAStatusAbove128ForASignal() {
        assertThat(KubernetesTenant.told(new PipeEnd.Exited(143))).isEqualTo(new TenantExit.Killed(15));
        assertThat(KubernetesTenant.told(new PipeEnd.Exited(7))).isEqualTo(new TenantExit.Exited(7));
        assertThat(KubernetesTenant.told(new PipeEnd.Exited(255))).isEqualTo(new TenantExit.Exited(255));
    }
}
