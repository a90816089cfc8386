package io.gpushare.runtime.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlurmRequestTest {

    @Test
    void asksForRoomForAllTenantsAndNoMoreTimeThanTheRunMayTake() {
        assertThat(new SlurmRequest(Map.of("nodes", "3"), 8, Duration.ofSeconds(61)).options())
                .containsExactly("--nodes=3", "--ntasks-per-node=3", "--cpus-per-task=1", "--time=7");
    }

    @Test
    void passesOnWhatIsWished() {
        assertThat(new SlurmRequest(
                                Map.of("partition", "gpu", "gres", "gpu:1", "time", "1:00:00", "cpus", "4"),
                                2,
                                Duration.ofMinutes(1))
                        .options())
                .contains("--partition=gpu", "--gres=gpu:1", "--time=1:00:00", "--cpus-per-task=4")
                .hasSize(6);
    }
}
