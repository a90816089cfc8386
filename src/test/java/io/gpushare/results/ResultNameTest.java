package io.gpushare.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultNameTest {
    private static final Instant START = Instant.parse("2026-11-20T13:05:09.7Z");

    @Test
    void saysModeTenantsTimeAndId() {
        ResultName name = ResultName.benchmark("time-slicing", 4, false, START, "4f1c09");
        assertThat(name.stem()).isEqualTo("benchmark_time-slicing_4_20261120T130509Z_4f1c09");
        assertThat(name.monitor().stem()).isEqualTo("gpu_monitor_time-slicing_4_20261120T130509Z_4f1c09");
    }

    @Test
    void saysThatARunWasSimulatedAndWhichRepetitionItIs() {
        ResultName name = ResultName.benchmark("mps", 2, true, START, ResultName.idOfRepetition("4f1c09", 2));
        assertThat(name.stem()).isEqualTo("benchmark_simulated-mps_2_20261120T130509Z_4f1c09-r2");
    }

    @Test
    void keepsTheOutputOfTenantsBesideTheResult(@TempDir Path folder) {
        ResultName name = ResultName.benchmark("mps", 2, false, START, "4f1c09");
        assertThat(name.logFolderIn(ResultDirectory.open(folder)))
                .isEqualTo(folder.resolve("benchmark_mps_2_20261120T130509Z_4f1c09.logs"));
    }

    @Test
    void aMonitorHasNoMonitorOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResultName.monitor(START, "4f1c09").monitor());
    }
}
