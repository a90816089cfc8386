package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.gpu.Gpu;
import io.gpushare.platform.Platform;
import io.gpushare.platform.SensorReading;
import io.gpushare.platform.SensorSource;
import io.gpushare.reading.Reading;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.model.Model;
import io.gpushare.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A host with three cards, of which the second works when the seat is taken. */
final class SimulatedBaseboardTest {
    private final VirtualTime time = new VirtualTime();
    private List<Simulation> cards = List.of();

    private List<SensorSource> sources(String host, long seed) {
        cards = List.of(0, 1, 2).stream()
                .map(index -> Simulation.of(host, new Simulation.Place(index, 3), seed, time))
                .toList();
        List<Gpu> gpus =
                cards.stream().map(card -> card.driver().gpus().getFirst()).toList();
        Platform machine = SimulatedBaseboard.around(gpus, host, seed, time);
        assertThat(machine.simulated()).isTrue();
        return machine.sources();
    }

    private Map<String, Double> mean(List<SensorSource> sources, int looks) {
        Map<String, Double> sums = new TreeMap<>();
        for (int look = 0; look < looks; look++) {
            time.pause(Duration.ofSeconds(2));
            for (SensorSource source : sources) {
                for (SensorReading reading : source.read().asOptional().orElseThrow()) {
                    sums.merge(
                            reading.sensor().metric(),
                            reading.value().asOptional().orElseThrow() / looks,
                            Double::sum);
                }
            }
        }
        return sums;
    }

    private static double of(Map<String, Double> values, String sensor) {
        return values.getOrDefault(sensor, Double.NaN);
    }

    private Seat burner() throws Exception {
        Model model = Model.shipped();
        Simulation card = cards.get(1);
        Seat seat = card.machine()
                .seat(new SeatRequest(
                        card.machine().newProcess(),
                        model.workload("matmul-burn")
                                .step(Map.of(), card.machine().profile(), model.reference()),
                        Optional.of(card.machine().gpuUuid()),
                        Map.of(),
                        1));
        seat.start(time.unixNanos(), (_, _) -> {});
        return seat;
    }

    @Test
    @SuppressWarnings("try") // the burner works until its seat is closed
    void showsTheCardThatWorksInItsSlotAndItsPowerInTheSupplies() throws Exception {
        List<SensorSource> sources = sources("h200", 3);
        Map<String, Double> rest = mean(sources, 30);
        assertThat(rest.keySet())
                .containsExactly(
                        "dcmi_power_w",
                        "fan1_rpm",
                        "fan2_rpm",
                        "fan3_rpm",
                        "fan4_rpm",
                        "gpu1_zone_temp_c",
                        "gpu2_zone_temp_c",
                        "gpu3_zone_temp_c",
                        "inlet_temp_c",
                        "psu1_input_power_w",
                        "psu2_input_power_w");
        try (Seat seat = burner()) {
            mean(sources, 30);
            Map<String, Double> work = mean(sources, 30);
            assertThat(of(work, "dcmi_power_w") - of(rest, "dcmi_power_w")).isCloseTo(573 / 0.94, within(15.0));
            assertThat(of(work, "psu1_input_power_w") - of(rest, "psu1_input_power_w"))
                    .isCloseTo(573 / 0.94 / 2, within(15.0));
            double own = of(work, "gpu2_zone_temp_c") - of(rest, "gpu2_zone_temp_c");
            double beside = of(work, "gpu1_zone_temp_c") - of(rest, "gpu1_zone_temp_c");
            assertThat(own).isCloseTo(0.5 * 32, within(1.5));
            assertThat(beside).isCloseTo(0.12 * 32, within(1.5));
            assertThat(of(work, "inlet_temp_c")).isCloseTo(of(rest, "inlet_temp_c"), within(1.0));
            assertThat(of(work, "fan1_rpm")).isGreaterThan(of(rest, "fan1_rpm") + 500);
        }
    }

    @Test
    @SuppressWarnings("try") // the burner works until its seat is closed
    void aBlindOneShowsNothingOfIt() throws Exception {
        List<SensorSource> sources = sources("h200@blind-sensors", 3);
        Map<String, Double> rest = mean(sources, 30);
        try (Seat seat = burner()) {
            mean(sources, 30);
            Map<String, Double> work = mean(sources, 30);
            work.forEach((sensor, value) ->
                    assertThat(value).as(sensor).isCloseTo(of(rest, sensor), within(Math.max(1.0, 0.03 * value))));
        }
    }

    @Test
    void noiseFollowsTheSeed() {
        Map<String, Double> once = mean(sources("h200", 3), 3);

        assertThat(mean(sources("h200", 3), 3)).isEqualTo(once);
        assertThat(mean(sources("h200", 4), 3)).isNotEqualTo(once);
    }

    /** All of it as of a real ipmitool: the same classes say so. */
    @Test
    void aFlakyOneHangsIsAwayAndLeavesReadingsOut() {
        SensorSource sensors = sources("h200@flaky-sensors", 3).getFirst();
        TreeSet<String> reasons = new TreeSet<>();
        List<Duration> took = new ArrayList<>();
        int readings = 0;
        for (int look = 0; look < 60; look++) {
            long asked = time.nanos();
            Reading<List<SensorReading>> answer = sensors.read();
            took.add(Duration.ofNanos(time.nanos() - asked));
            answer.whyAbsent().ifPresent(why -> reasons.add(why.reason()));
            for (SensorReading reading : answer.asOptional().orElse(List.of())) {
                reading.value().whyAbsent().ifPresent(why -> reasons.add(why.reason()));
                readings += reading.value().asOptional().isPresent() ? 1 : 0;
            }
        }
        assertThat(reasons)
                .containsExactly(
                        "no answer (`ipmitool sdr elist full` did not end within 10 s and was killed)",
                        "no answer (the program 'ipmitool' is not on the PATH of this machine)",
                        "no data yet (na)");
        assertThat(took).contains(Duration.ofSeconds(10), Duration.ofMillis(700), Duration.ZERO);
        assertThat(readings).isGreaterThan(300);
        assertThat(sensors.over()).isFalse();
    }
}
