package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The workload that misbehaves, on this host's CPU and for real. */
final class MisbehaveTest {
    private static final int SIGSEGV = 11;
    private static final int SIGABRT = 6;
    private static final int SIGKILL = 9;
    private static final int BY_A_SIGNAL = 128;

    /** What it may have beside what Python takes. */
    private static final long MOST_BYTES = 400L << 20;

    @BeforeAll
    static void needsPython() {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
    }

    private static TenantProcess started(String what, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("--device", "cpu", "--what", what, "--after", "0.2", "--for", "0.3", "--bound", "0.3"));
        arguments.addAll(List.of(more));
        TenantProcess tenant = TenantProcess.of("misbehave", arguments.toArray(String[]::new));
        tenant.expect("hello");
        tenant.expect("ready");
        tenant.startIn(Duration.ofMillis(20));
        tenant.expect("started");
        return tenant;
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory-hog", "launch-storm", "bandwidth-hog", "l2-hog", "endless-kernel"})
    void isQuietThenMisbehavesThenIsQuietAgain(String what) throws Exception {
        try (TenantProcess tenant = started(what)) {
            JsonNode window = tenant.expect("window");
            tenant.stop();
            JsonNode metrics = tenant.toResult().getLast().path("metrics");

            assertThat(tenant.exitStatus()).isZero();
            assertThat(metrics.path("began_s").asDouble()).isBetween(0.2, 0.5);
            assertThat(metrics.path("ended_s").asDouble()
                            - metrics.path("began_s").asDouble())
                    .as("seconds, of which a busy machine may take more")
                    .isBetween(0.29, 15.0);
            boolean works = !what.equals("memory-hog") && !what.equals("endless-kernel");
            assertThat(window.path("units").asDouble() > 0).isEqualTo(works);
        }
    }

    @Test
    void takesNoMoreMemoryThanItMayHaveAndSaysThatItWasRefusedMore() throws Exception {
        try (TenantProcess tenant = started("memory-hog", "--for", "30")) {
            JsonNode window = tenant.expect("window");
            assertThat(window.path("units").asDouble()).isZero();
            long pid = tenant.pid();
            assertThat(peakBytes(pid)).isBetween(200L << 20, MOST_BYTES);
            tenant.stop();
            JsonNode metrics = tenant.toResult().getLast().path("metrics");

            assertThat(metrics.path("allocated_bytes").asLong()).isBetween(200L << 20, 256L << 20);
            assertThat(metrics.has("ended_s")).isFalse();
        }
    }

    private static long peakBytes(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void asksForMoreThanThereIsAndEndsWithThatError() throws Exception {
        try (TenantProcess tenant = started("out-of-memory")) {
            JsonNode error = tenant.expect("error");

            assertThat(error.path("kind").asText()).isEqualTo("oom");
            assertThat(tenant.exitStatus()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"illegal-access, " + SIGSEGV, "device-assert, " + SIGABRT, "killed, " + SIGKILL})
    void endsByASignalWithoutAWord(String what, int signal) throws Exception {
        try (TenantProcess tenant = started(what)) {
            assertThat(tenant.exitStatus()).isEqualTo(BY_A_SIGNAL + signal);
        }
    }

    /** It hears nobody, and only SIGKILL ends it. */
    @Test
    void standsStillUntilItIsKilled() throws Exception {
        try (TenantProcess tenant = started("stopped")) {
            Path status = Path.of("/proc/" + tenant.pid() + "/status");
            for (int looks = 0; !Files.readString(status).contains("State:\tT") && looks < 500; looks++) {
                Thread.sleep(10);
            }
            assertThat(Files.readString(status)).contains("State:\tT (stopped)");
            tenant.stop();
            tenant.terminate();
            Thread.sleep(100);
            assertThat(Files.readString(status)).contains("State:\tT (stopped)");
        }
    }

    @Test
    void endsInTheMiddleOfALoopThatHasNoEnd() throws Exception {
        try (TenantProcess tenant = started("endless-kernel", "--after", "0", "--bound", "60")) {
            tenant.stop();
            tenant.toResult();
            assertThat(tenant.exitStatus()).isZero();
        }
    }

    @Test
    void whatNeedsAGpuSaysSo() throws Exception {
        try (TenantProcess tenant = TenantProcess.of("misbehave", "--device", "cpu", "--what", "pcie-hog")) {
            JsonNode error = tenant.expect("error");

            assertThat(error.path("kind").asText()).isEqualTo("setup");
            assertThat(error.path("message").asText()).isEqualTo("pcie-hog has no counterpart without a GPU");
        }
    }

    @Test
    void needsNoPackages() throws Exception {
        try (TenantProcess tenant = TenantProcess.withoutPackages("misbehave")) {
            tenant.expect("hello");
            tenant.expect("ready");
            tenant.stop();
            assertThat(tenant.exitStatus()).isZero();
        }
    }
}
