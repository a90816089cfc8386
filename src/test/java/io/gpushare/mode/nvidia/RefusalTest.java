package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.nvidia.Refusal.Reason;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
    private static CommandResult said(int exitCode, String text) {
        return new CommandResult(Command.of("nvidia-smi"), exitCode, text, "", Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PERMISSION | Failed to display compute instances: Insufficient Permissions",
                "PERMISSION | Unable to set the compute mode for GPU 00000000:00:06.0: Insufficient Permissions",
                "IN_USE | Unable to destroy GPU instance ID  3 from GPU  0: In use by another client",
                "NO_ROOM | Unable to create a GPU instance on GPU  0 using profile 9: Insufficient Resources",
                "UNSUPPORTED | Unable to enable MIG Mode for GPU 00000000:00:06.0: Not Supported",
                "MIG_IS_OFF | No MIG-enabled devices found.",
                "GPU_MISSING | No devices were found",
                "NOTHING_THERE | No GPU instances found: Not Found",
                "OTHER | Unable to create a GPU instance on GPU  0 using profile 1: Invalid Argument",
                "OTHER | Invalid combination of input arguments. Please run 'nvidia-smi -h' for help."
            })
    void hearsARefusalBehindAnExitCodeOfZero(Reason reason, String words) {
        assertThat(Refusal.of(said(0, words + "\n"))).contains(new Refusal(reason, words));
    }

    @Test
    void hearsThatAVirtualMachineMayNotResetItsGpu() {
        assertThat(Refusal.of(said(0, """
            Warning: MIG mode is in pending enable state for GPU 00000000:00:03.0:Not Supported
            Reboot the system or try nvidia-smi --gpu-reset to make MIG mode effective on GPU 00000000:00:03.0
            All done.
            """))).map(Refusal::reason).contains(Reason.PENDING);
    }

    @Test
    void tellsTheFirstOfSeveralComplaints() {
        Refusal refusal = Refusal.of(said(6, """
            Successfully created GPU instance ID 13 on GPU  0 using profile MIG 1g.5gb (ID 19)
            Unable to create a GPU instance on GPU  0 using profile 9: Insufficient Resources
            Failed to create GPU instances: Insufficient Resources
            """)).orElseThrow();
        assertThat(refusal.words()).startsWith("Unable to create a GPU instance");
    }

    @Test
    void hearsNoRefusalInASuccess() {
        assertThat(Refusal.of(said(0, "Enabled MIG Mode for GPU 00000000:41:00.0\nAll done.\n")))
                .isEmpty();
        assertThat(Refusal.of(said(0, "Set compute mode to DEFAULT for GPU 00000000:41:00.0.\nAll done.\n")))
                .isEmpty();
        assertThat(Refusal.of(said(0, ""))).isEmpty();
    }

    @Test
    void takesAnExitCodeForARefusalWhereNothingWasSaid() {
        assertThat(Refusal.of(said(9, ""))).map(Refusal::words).hasValue("nothing, and exited with 9");
    }
}
