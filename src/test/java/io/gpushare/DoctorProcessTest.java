package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cores.HostCores;
import io.gpushare.process.CommandResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor --host} as a person runs it, on this machine. */
final class DoctorProcessTest {
    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeEach
    void startInAFolderOfItsOwn() {
        program = new BenchProgram(temporary, Map.of());
    }

    @Test
    void watchesTheHostForAWhileAndRemembersItsSpeed() throws Exception {
        CommandResult ran = program.gpushare("doctor --host 2s --json");

        assertThat(ran.exitCode()).isZero();
        JsonNode answer = new ObjectMapper().readTree(ran.stdout());
        assertThat(answer.path("watched_s").asDouble()).isGreaterThanOrEqualTo(2);
        assertThat(answer.path("ended_early").asBoolean()).isFalse();
        assertThat(answer.path("cpus"))
                .hasSize(HostCores.read(Path.of("/")).asOptional().orElseThrow().cpus())
                .allSatisfy(cpu -> assertThat(cpu.path("loops").asInt()).isGreaterThan(5));
        assertThat(temporary.resolve("state/core-speed.properties")).content().contains("gpushare\\ on\\ Java");
    }

    @Test
    void controlCEndsItEarlyWithWhatWasSeen() throws Exception {
        CommandResult ended = program.shell("""
                set -m
                %s doctor --host 1h > out 2> err & pid=$!
                until grep -q Watching err; do kill -0 $pid || break; sleep 0.05; done
                sleep 1; kill -INT $pid; wait $pid; echo $?
                """.formatted(BenchProgram.GPUSHARE));

        assertThat(ended.stdout()).isEqualTo("130\n");
        assertThat(temporary.resolve("out")).content().contains("cpu  slowed %", "A bench of 30 s");
    }

    @Test
    void watchesOnlyTheProcessorsThatItMayUse() throws Exception {
        int last = HostCores.read(Path.of("/"))
                .asOptional()
                .orElseThrow()
                .all()
                .numbers()
                .last();
        CommandResult ran =
                program.shell("taskset -c " + last + " " + BenchProgram.GPUSHARE + " doctor --host 500ms --json");

        JsonNode cpus = new ObjectMapper().readTree(ran.stdout()).path("cpus");
        assertThat(cpus).hasSize(1);
        assertThat(cpus.path(0).path("cpu").asInt()).isEqualTo(last);
    }
}
