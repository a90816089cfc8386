package io.gpushare.cli.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine with two GPUs, whose baseboard nobody can ask. */
final class PassthroughCommandTest {
    @TempDir
    Path folder;

    private final CapturedConsole captured = CapturedConsole.piped();

    private int run(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("passthrough", "--out=" + folder.resolve("results"), "--half=batch=2"));
        all.addAll(List.of(arguments));
        return CommandTree.of(
                        captured.console,
                        List.of(new PassthroughCommand(captured.console, new FakeBenchParts(), new Interruption())))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void withoutSensorsNothingIsStartedAndNothingWritten() {
        assertThat(run()).isEqualTo(ExitStatus.UNABLE.code());

        assertThat(captured.err())
                .contains("the machine's sensors cannot be read: a test", "GPUSHARE_IPMITOOL", "--simulate h200:4");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void theStatesCanBeListedAllTheSame() {
        assertThat(run("--dry-run")).isZero();

        assertThat(captured.out()).contains("round-1/full-half", "11 states of 2 GPUs, 1m each.");
    }

    @Test
    void aHalfThatIsNoneIsRefused() {
        assertThat(run("--set=matmul-burn.batch=2")).isEqualTo(ExitStatus.USAGE.code());

        assertThat(captured.err()).contains("with --half batch=2 the workload does as much as without");
    }
}
