package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** As salloc of Slurm 22.05 wrote it. */
class SallocOutputTest {
    private final SallocOutput output = new SallocOutput();

    private void says(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.stderr(bytes, 0, bytes.length);
    }

    @Test
    void knowsAJobThatWaitsAndOneThatHasItsNodes() {
        assertThat(output.jobId()).isEmpty();
        says("salloc: Pending job allocation 2\nsalloc: job 2 queued and waiting for resources\n");
        assertThat(output.jobId()).contains("2");
        assertThat(output.granted()).isFalse();
        says("salloc: job 2 has been allocated resources\nsalloc: Granted job allo");
        assertThat(output.granted()).isFalse();
        says("cation 2\n");
        assertThat(output.granted()).isTrue();
    }

    @Test
    void tellsInOneLineWhatSlurmRefused() {
        says("""
            salloc: error: invalid partition specified: nix
            salloc: error: Job submit/allocate failed: Invalid partition name specified
            """);
        assertThat(output.words())
                .isEqualTo("invalid partition specified: nix; Job submit/allocate failed: Invalid partition name"
                        + " specified");
    }
}
