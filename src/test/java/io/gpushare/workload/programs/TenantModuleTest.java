package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python module of the tenant protocol, under the spin program and under small ones written here. */
class TenantModuleTest {
    private static final Duration SOON = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPython() {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
    }

    @Test
    void noProgramInTheseTestsCanFillTheMachinesMemory() throws Exception {
        Path program = Files.writeString(
                folder.resolve("limit.py"),
                "import resource, sys; sys.stderr.write(str(resource.getrlimit(resource.RLIMIT_AS)[1]))\n");
        try (TenantProcess asking = TenantProcess.run(program, Map.of())) {
            assertThat(asking.exitStatus()).isZero();
            assertThat(Long.parseLong(asking.log())).isEqualTo(TenantProcess.MOST_MEMORY_BYTES);
        }
    }

    @Test
    void reportsWindowsWithoutGapsAndTheirSumAtTheEnd() throws Exception {
        try (TenantProcess spin = TenantProcess.of("spin", "--batch", "100", "--seed", "7")) {
            JsonNode hello = spin.expect("hello");
            assertThat(hello.path("workload").asText()).isEqualTo("spin");
            assertThat(hello.path("versions").path("python").asText()).matches("3\\.\\d+\\.\\d+");
            assertThat(hello.path("settings").path("batch").asText()).isEqualTo("100");
            assertThat(hello.path("settings").path("seed").asText()).isEqualTo("7");
            assertThat(hello.path("device").isNull()).isTrue();
            assertThat(spin.expect("ready").path("load_s").asDouble()).isNotNegative();
            spin.startIn(SOON);
            assertThat(spin.expect("started").path("late_ns").asLong()).isNotNegative();
            JsonNode first = spin.expect("window");
            spin.stop();
            List<JsonNode> rest = spin.toResult();

            assertThat(spin.exitStatus()).isZero();
            // It ends with the step that is under way when the second is over, however long a busy host makes that.
            assertThat(first.path("until_ns").asLong()).isBetween(1_000_000_000L, 1_000_000_000L + longestNanos(first));
            JsonNode result = rest.removeLast();
            rest.addFirst(first);
            long end = 0;
            long steps = 0;
            for (int index = 0; index < rest.size(); index++) {
                JsonNode window = rest.get(index);
                assertThat(window.path("index").asInt()).isEqualTo(index);
                assertThat(window.path("from_ns").asLong()).isEqualTo(end);
                assertThat(window.path("units").asLong())
                        .isEqualTo(100 * window.path("steps").asLong());
                assertThat(counted(window)).isEqualTo(window.path("steps").asLong());
                end = window.path("until_ns").asLong();
                steps += window.path("steps").asLong();
            }
            assertThat(result.path("steps").asLong()).isEqualTo(steps);
            assertThat(result.path("units").asLong()).isEqualTo(100 * steps);
        }
    }

    @Test
    void leavesAtOnceWhenStoppedBeforeTheStart() throws Exception {
        try (TenantProcess spin = TenantProcess.of("spin")) {
            spin.expect("hello");
            spin.expect("ready");
            spin.stop();
            assertThat(spin.exitStatus()).isZero();
        }
    }

    @Test
    void leavesAtOnceWhenStoppedWhileItWaitsForAFarInstant() throws Exception {
        try (TenantProcess spin = TenantProcess.of("spin")) {
            spin.expect("hello");
            spin.expect("ready");
            spin.startIn(Duration.ofHours(1));
            spin.stop();
            assertThat(spin.exitStatus()).isZero();
        }
    }

    @Test
    void leavesAtOnceWhenStdinEndsWhileItLoads() throws Exception {
        Path program = program("def load(self): print('loading', file=sys.stderr); time.sleep(600)");
        try (TenantProcess tenant = TenantProcess.run(program, Map.of())) {
            tenant.expect("hello");
            tenant.awaitLog("loading");
            tenant.closeStdin();
            assertThat(tenant.exitStatus()).isZero();
            assertThat(tenant.log()).contains("closed");
        }
    }

    @Test
    void takesTheEndOfStdinForStop() throws Exception {
        try (TenantProcess spin = TenantProcess.of("spin")) {
            spin.expect("hello");
            spin.expect("ready");
            spin.startIn(TenantProcess.FULL_WINDOW_AGO);
            spin.expect("started");
            spin.expect("window");
            spin.closeStdin();
            assertThat(spin.toResult().getLast().path("steps").asLong()).isPositive();
            assertThat(spin.exitStatus()).isZero();
        }
    }

    @Test
    void cleansUpOnSigtermAndSaysNoResult() throws Exception {
        try (TenantProcess tenant =
                TenantProcess.run(program("def step(self): time.sleep(0.01); return 1"), Map.of())) {
            tenant.expect("hello");
            tenant.expect("ready");
            tenant.startIn(SOON);
            tenant.expect("started");
            tenant.terminate();
            assertThat(tenant.exitStatus()).isEqualTo(143);
            assertThat(tenant.log()).contains("closed");
        }
    }

    @Test
    void cleansUpWhenNobodyListensAnyMore() throws Exception {
        try (TenantProcess tenant =
                TenantProcess.run(program("def step(self): time.sleep(0.01); return 1"), Map.of())) {
            tenant.expect("hello");
            tenant.expect("ready");
            tenant.startIn(SOON);
            tenant.expect("started");
            tenant.closeStdout();
            assertThat(tenant.exitStatus()).isEqualTo(1);
            assertThat(tenant.log()).contains("closed").doesNotContain("Traceback");
        }
    }

    @Test
    void ignoresWhatIsNoInstruction() throws Exception {
        try (TenantProcess spin = TenantProcess.of("spin")) {
            spin.expect("hello");
            spin.expect("ready");
            for (String noise : List.of("", "nonsense", "[1]", "{\"type\":\"start\"}", "{\"type\":\"later\"}")) {
                spin.say(noise);
            }
            spin.startIn(SOON);
            spin.expect("started");
            spin.stop();
            spin.toResult();
            assertThat(spin.exitStatus()).isZero();
            assertThat(spin.log()).contains("not an instruction: b'nonsense'");
        }
    }

    @Test
    void keepsWhatLibrariesPrintOutOfTheMessages() throws Exception {
        Path program = program("def step(self): os.write(1, b'noise\\n'); time.sleep(0.05); return 1");
        try (TenantProcess tenant = TenantProcess.run(program, Map.of())) {
            tenant.expect("hello");
            tenant.expect("ready");
            tenant.startIn(SOON);
            tenant.expect("started");
            tenant.stop();
            tenant.toResult();
            assertThat(tenant.log()).contains("noise");
        }
    }

    @Test
    void stopsWhileItIdles() throws Exception {
        Path program = program(
                "def warm_up(self): pass",
                "def step(self): print('idling', file=sys.stderr); self.sleep(600); return Step(1, 2000, 3000)");
        try (TenantProcess tenant = TenantProcess.run(program, Map.of())) {
            tenant.expect("hello");
            tenant.expect("ready");
            tenant.startIn(SOON);
            tenant.expect("started");
            tenant.awaitLog("idling");
            tenant.stop();
            JsonNode window = tenant.toResult().getFirst();
            assertThat(window.path("active_ns").asLong()).isEqualTo(3000);
            assertThat(window.path("latency").path("1524").asInt()).isEqualTo(1); // ⌈ln 2000 / ln 1.005⌉
            assertThat(tenant.exitStatus()).isZero();
        }
    }

    @Test
    void leavesOutWhatWasNoStep() throws Exception {
        Path program = program("def step(self): time.sleep(0.01)");
        try (TenantProcess tenant = TenantProcess.run(program, Map.of())) {
            tenant.expect("hello");
            tenant.expect("ready");
            tenant.startIn(TenantProcess.FULL_WINDOW_AGO);
            tenant.expect("started");
            JsonNode window = tenant.expect("window");
            assertThat(window.path("steps").asInt()).isZero();
            assertThat(window.path("latency").isEmpty()).isTrue();
            tenant.stop();
            assertThat(tenant.toResult().getLast().path("steps").asInt()).isZero();
        }
    }

    @Test
    void namesTheKindOfAFailure() throws Exception {
        assertThat(failure("raise TenantError('data', 'no such file')")).isEqualTo("data: no such file");
        assertThat(failure("raise RuntimeError('CUDA out of memory. Tried')")).startsWith("oom: CUDA out of memory");
        assertThat(failure("raise MemoryError()")).startsWith("oom: ");
        assertThat(failure("raise RuntimeError('CUDA error: unknown error')")).startsWith("cuda: ");
        assertThat(failure("import nothing_of_that_name")).startsWith("setup: ").contains("nothing_of_that_name");
        assertThat(failure("raise ValueError('cuda:0 and cpu differ')"))
                .isEqualTo("internal: ValueError: cuda:0 and cpu differ");
    }

    @Test
    void tellsTheOtherSideAboutAWrongOption() throws Exception {
        try (TenantProcess spin = TenantProcess.of("spin", "--batch", "0")) {
            JsonNode error = spin.expect("error");
            assertThat(error.path("kind").asText()).isEqualTo("setup");
            assertThat(error.path("message").asText()).contains("--batch: 0 is less than 1");
            assertThat(spin.exitStatus()).isEqualTo(2);
        }
    }

    /**
     * Eight on two cores used to be 5 ms late in the middle, when the first of a core kept the others waiting. What
     * else this host does can make them late as well, but hardly each time.
     */
    @Test
    void allStartTogetherAlsoWhereCoresAreFew() throws Exception {
        List<List<Long>> tries = new ArrayList<>();
        do {
            tries.add(lateNanosOfEight());
        } while (tries.getLast().get(4) >= 2_000_000 && tries.size() < 6);
        assertThat(tries.getLast().get(4)).as("the middle, of %s", tries).isLessThan(2_000_000);
    }

    /** From the one that was least late. */
    private static List<Long> lateNanosOfEight() throws IOException, InterruptedException {
        List<TenantProcess> tenants = new ArrayList<>();
        try {
            for (int number = 0; number < 8; number++) {
                tenants.add(TenantProcess.of("spin"));
            }
            for (TenantProcess tenant : tenants) {
                tenant.expect("hello");
                tenant.expect("ready");
            }
            long instant = (System.currentTimeMillis() + 300) * 1_000_000;
            for (TenantProcess tenant : tenants) {
                tenant.startAt(instant);
            }
            List<Long> lateNanos = new ArrayList<>();
            for (TenantProcess tenant : tenants) {
                lateNanos.add(tenant.expect("started").path("late_ns").asLong());
            }
            return lateNanos.stream().sorted().toList();
        } finally {
            for (TenantProcess tenant : tenants) {
                tenant.close();
            }
        }
    }

    private String failure(String statement) throws IOException, InterruptedException {
        try (TenantProcess tenant = TenantProcess.run(program("def load(self): " + statement), Map.of())) {
            tenant.expect("hello");
            JsonNode error = tenant.expect("error");
            assertThat(tenant.exitStatus()).isEqualTo(1);
            return error.path("kind").asText() + ": " + error.path("message").asText();
        }
    }

    private Path program(String... methods) throws IOException {
        String head = """
                import os, sys, time
                sys.path.insert(0, %s)
                from gpushare_tenant import Program, Step, TenantError, main
                class Small(Program):
                    name = "small"
                    def close(self): print("closed", file=sys.stderr)
                """.formatted("'" + TenantProcess.WORKLOADS + "'");
        String body = String.join(
                "", List.of(methods).stream().map(m -> "    " + m + "\n").toList());
        return Files.writeString(folder.resolve("small.py"), head + body + "main(Small)\n");
    }

    /** At most, as a bucket only says between which two values. */
    private static long longestNanos(JsonNode window) {
        int last = 0;
        for (String bucket : (Iterable<String>) () -> window.path("latency").fieldNames()) {
            last = Math.max(last, Integer.parseInt(bucket));
        }
        return (long) Math.ceil(Math.pow(1.005, last));
    }

    private static long counted(JsonNode window) {
        long count = 0;
        for (JsonNode steps : window.path("latency")) {
            count += steps.asLong();
        }
        return count;
    }
}
