package io.gpushare.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaplTest {
    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);

    private void zone(String folderName, String name, long microjoules) throws IOException {
        Path zone = Files.createDirectories(folder.resolve(folderName));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), "262143328850\n");
        counts(folderName, microjoules);
    }

    private void counts(String folderName, long microjoules) throws IOException {
        Files.writeString(folder.resolve(folderName).resolve("energy_uj"), microjoules + "\n");
    }

    private Rapl rapl() {
        return Rapl.in(folder, nanos::get).asOptional().orElseThrow();
    }

    @Test
    void tellsThePowerOfEachPartSinceTheLastLook() throws Exception {
        Files.createDirectory(folder.resolve("intel-rapl"));
        zone("intel-rapl:0", "package-0", 5_000_000);
        zone("intel-rapl:0:0", "dram", 7_000_000);
        zone("intel-rapl-mmio:0", "package-0", 5_000_000);
        Rapl rapl = rapl();
        assertThat(rapl.next()).isEqualTo(Reading.absent(Absence.Kind.NO_DATA));

        nanos.addAndGet(2_000_000_000);
        counts("intel-rapl:0", 305_000_000);
        counts("intel-rapl:0:0", 27_000_000);

        assertThat(rapl.next().asOptional().orElseThrow().watts())
                .isEqualTo(Map.of(
                        "cpu_package_0_power_w", Reading.of(150.0), "cpu_package_0_dram_power_w", Reading.of(10.0)));
    }

    @Test
    void followsACounterThatBeganAnew() throws Exception {
        zone("intel-rapl:0", "package-0", 262_143_328_850L - 40_000_000);
        Rapl rapl = rapl();
        rapl.next();
        nanos.addAndGet(1_000_000_000);
        counts("intel-rapl:0", 60_000_000);

        assertThat(rapl.next().asOptional().orElseThrow().of("cpu_package_0_power_w"))
                .isEqualTo(Reading.of(100.0));
    }

    @Test
    void leavesAGapWhereACounterCouldNotBeRead() throws Exception {
        zone("intel-rapl:0", "package-0", 0);
        zone("intel-rapl:1", "package-1", 0);
        Rapl rapl = rapl();
        rapl.next();
        nanos.addAndGet(1_000_000_000);
        Files.writeString(folder.resolve("intel-rapl:1/energy_uj"), "what?\n");
        counts("intel-rapl:0", 50_000_000);
        Rapl.Look gap = rapl.next().asOptional().orElseThrow();
        assertThat(gap.of("cpu_package_0_power_w")).isEqualTo(Reading.of(50.0));
        assertThat(gap.of("cpu_package_1_power_w").whyAbsent()).isPresent();

        nanos.addAndGet(1_000_000_000);
        counts("intel-rapl:1", 90_000_000);
        Rapl.Look after = rapl.next().asOptional().orElseThrow();
        assertThat(after.of("cpu_package_1_power_w"))
                .as("since when is not known")
                .isEqualTo(Reading.absent(Absence.Kind.NO_DATA));
    }

    @Test
    void saysWhyThereIsNone() throws Exception {
        assertThat(Rapl.in(folder, nanos::get).whyAbsent().orElseThrow().reason())
                .contains("the processors offer no energy counter here");
        assertThat(Rapl.in(folder.resolve("none"), nanos::get).whyAbsent()).isPresent();

        zone("intel-rapl:0", "package-0", 0);
        Files.delete(folder.resolve("intel-rapl:0/energy_uj"));
        assertThat(Rapl.in(folder, nanos::get).whyAbsent()).isPresent();
    }
}
