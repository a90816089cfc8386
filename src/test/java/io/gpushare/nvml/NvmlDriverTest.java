package io.gpushare.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.NativeLibrary;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvmlDriverTest {
    private static final NvmlLocation SYSTEM = new NvmlLocation("libnvidia-ml.so.1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-driver | the NVIDIA kernel driver is not loaded | modprobe nvidia",
                "no-permission | no permission to talk to the NVIDIA driver | /dev/nvidiactl",
                "mismatch | the NVIDIA library and the loaded kernel driver are of different versions | reboot",
            })
    void saysWhyTheDriverDoesNotStart(String scenario, String sentence, String advice) {
        FakeNvml fake = FakeNvml.playing(scenario);
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(fake::open)
                .withMessage(sentence)
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE))
                .satisfies(failure -> assertThat(failure.advice().orElseThrow()).contains(advice));
        assertThat(fake.control().fake_nvml_shutdown_count()).isZero();
    }

    @Test
    void looksForTheSystemsLibraryUnlessAnotherIsNamed() {
        assertThat(NvmlLocation.fromEnvironment(Map.of())).isEqualTo(SYSTEM);
        assertThat(NvmlLocation.fromEnvironment(Map.of(NvmlLocation.VARIABLE, " ")))
                .isEqualTo(SYSTEM);
    }

    @Test
    void saysThatThereIsNoDriverWhereTheSystemHasNoLibrary() {
        assumeFalse(systemHasLibrary(), "this machine has an NVIDIA driver");
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> NvmlDriver.open(SYSTEM))
                .withMessage("no NVIDIA driver on this machine: libnvidia-ml.so.1 cannot be loaded")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE))
                .satisfies(failure -> assertThat(failure.advice().orElseThrow()).contains("Install the NVIDIA driver"));
    }

    @Test
    void namesTheLibraryThatTheEnvironmentAskedFor() {
        NvmlLocation wrong = NvmlLocation.fromEnvironment(Map.of(NvmlLocation.VARIABLE, "/nowhere/libnvidia-ml.so.1"));
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> NvmlDriver.open(wrong))
                .withMessage("the NVML library /nowhere/libnvidia-ml.so.1 cannot be loaded")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE))
                .satisfies(failure -> assertThat(failure.advice().orElseThrow()).contains(NvmlLocation.VARIABLE));
    }

    @Test
    void tellsALibraryThatIsNotNvml() {
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> NvmlDriver.open(new NvmlLocation("libc.so.6")))
                .withMessageContaining("not NVML");
    }

    @Test
    void startsAndStopsTheLibraryOnceHoweverOftenItIsClosed() {
        FakeNvml fake = FakeNvml.playing("h200");
        NvmlDriver driver = fake.open();
        assertThat(fake.control().fake_nvml_init_count()).isEqualTo(1);
        driver.close();
        driver.close();
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
    }

    @Test
    void stopsTheLibraryWhenOpeningFailsHalfWay() {
        FakeNvml fake = FakeNvml.playing("h200");
        fake.loseGpu(0);
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(fake::open)
                .withMessage("no GPU can be reached (GPU 0: the GPU is lost)");
        assertThat(fake.control().fake_nvml_init_count()).isEqualTo(1);
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(1);
    }

    @Test
    void freesWhatIsStillOpenBeforeItStopsTheLibrary() {
        FakeNvml fake = FakeNvml.playing("h200");
        NvmlDriver driver = fake.open();
        Gpu gpu = driver.gpus().getFirst();
        var gpm = Readings.value(gpu.gpm());
        var watch = Readings.value(gpu.watchXid());
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isEqualTo(2);
        assertThat(fake.control().fake_nvml_open_event_sets()).isEqualTo(1);
        driver.close();
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
        assertThat(fake.control().fake_nvml_open_event_sets()).isZero();
        gpm.close();
        watch.close();
        assertThat(fake.control().fake_nvml_open_gpm_samples()).isZero();
        assertThat(fake.control().fake_nvml_open_event_sets()).isZero();
    }

    @Test
    void refusesToUseAGpuAfterTheEnd() {
        NvmlDriver driver = FakeNvml.playing("h200").open();
        Gpu gpu = driver.gpus().getFirst();
        var gpm = Readings.value(gpu.gpm());
        driver.close();
        assertThatThrownBy(gpu::powerW)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the connection to the NVIDIA driver is closed");
        assertThatThrownBy(gpu::gpm).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(gpm::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void canBeOpenedAgain() {
        FakeNvml fake = FakeNvml.playing("h200");
        fake.open().close();
        try (NvmlDriver again = fake.open()) {
            assertThat(Readings.value(again.gpus().getFirst().powerW())).isPositive();
        }
        assertThat(fake.control().fake_nvml_init_count()).isEqualTo(2);
        assertThat(fake.control().fake_nvml_shutdown_count()).isEqualTo(2);
    }

    @Test
    void listsEightGpusInTheDriversOrder() {
        try (NvmlDriver driver = FakeNvml.playing("eight").open()) {
            assertThat(driver.gpus()).extracting(gpu -> gpu.identity().index()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            assertThat(driver.gpus())
                    .extracting(gpu -> Readings.value(gpu.identity().pciBusId()))
                    .startsWith("00000000:00:06.0", "00000000:10:06.0")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void leavesOutALostGpuAndKeepsTheOthers() {
        FakeNvml fake = FakeNvml.playing("eight");
        fake.loseGpu(3);
        try (NvmlDriver driver = fake.open()) {
            assertThat(driver.gpus()).extracting(gpu -> gpu.identity().index()).containsExactly(0, 1, 2, 4, 5, 6, 7);
        }
    }

    @Test
    void opensWithoutAnyGpu() {
        try (NvmlDriver driver = FakeNvml.playing("no-gpus").open()) {
            assertThat(driver.gpus()).isEmpty();
        }
    }

    private static boolean systemHasLibrary() {
        try {
            NativeLibrary.getInstance(SYSTEM.library());
            return true;
        } catch (UnsatisfiedLinkError missing) {
            return false;
        }
    }
}
