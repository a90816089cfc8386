package io.gpushare.nvml;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * The fake {@code libnvidia-ml.so.1}: compiled from {@code src/test/c} when it is missing or older than its sources,
 * and steered through functions of its own. Choosing a scenario resets it, so no driver may be open then.
 */
public final class FakeNvml {
    /** An instant at which the tests' fixed clock starts; on a border of every period that the fake knows. */
    public static final long START_MICROS = 1_790_000_000_000_000L;

    private static final Path SOURCES = Path.of("src/test/c");
    private static final Path FOLDER = Path.of("target/fake-nvml");

    @SuppressWarnings("MemberName") // JNA finds a function by its method's name.
    interface Control extends Library {
        int fake_nvml_select(String scenario);

        void fake_nvml_set_clock_micros(long micros);

        void fake_nvml_follow(String path);

        void fake_nvml_lose_gpu(int index);

        void fake_nvml_raise_xid(long xid);

        void fake_nvml_raise_xid_on(int gpu, int migSlot, long xid);

        void fake_nvml_limit_gpm_samples(int limit);

        int fake_nvml_init_count();

        int fake_nvml_shutdown_count();

        int fake_nvml_open_gpm_samples();

        int fake_nvml_open_event_sets();

        int fake_nvml_sizeof(String type);

        int fake_nvml_offsetof(String field);

        int fake_nvml_version_word(String type);

        int fake_nvml_cheap_tier(int gpu, int times);
    }

    private final Path library;
    private final Control control;

    private FakeNvml(Path library) {
        this.library = library;
        this.control = Native.load(library.toString(), Control.class);
    }

    private FakeNvml(Path library, String scenario) {
        this(library);
        setClockMicros(START_MICROS);
        if (control.fake_nvml_select(scenario) == 0) {
            throw new IllegalArgumentException("the fake NVML has no scenario " + scenario);
        }
    }

    /**
     * The fake in this scenario, with its clock standing at {@link #START_MICROS}. Skips the test where gcc is missing.
     */
    public static FakeNvml playing(String scenario) {
        return new FakeNvml(library(), scenario);
    }

    /** The GPUs of this state, as {@code fake-gpu} made it and the other fakes change it, in real time. */
    public static FakeNvml following(Path state) {
        FakeNvml fake = new FakeNvml(library());
        fake.setClockMicros(0);
        fake.control.fake_nvml_follow(state.toString());
        return fake;
    }

    /** A library that lacks what newer drivers brought. */
    public static FakeNvml playingOldDriver() {
        library();
        return new FakeNvml(FOLDER.resolve("old-driver/libnvidia-ml.so.1").toAbsolutePath(), "old-driver");
    }

    /**
     * Built beside the library: {@code nvidia-smi} and the other programs that share their state with it through the
     * file named by {@code FAKE_GPU_STATE}.
     */
    public static Path programs() {
        library();
        return FOLDER.resolve("bin").toAbsolutePath();
    }

    /** For programs that are started with {@code GPUSHARE_NVML_LIBRARY} and {@code FAKE_NVML} in their environment. */
    public static Path library() {
        CommandRunner runner = new CommandRunner(System.getenv());
        assumeTrue(runner.find("gcc").isPresent(), "gcc is not installed, so the fake NVML cannot be compiled");
        Path library = FOLDER.resolve("libnvidia-ml.so.1").toAbsolutePath();
        try {
            buildOnce(library, runner);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the fake NVML was compiled", interruption);
        }
        return library;
    }

    private static synchronized void buildOnce(Path library, CommandRunner runner)
            throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (FileChannel lockFile =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lockFile.lock()) {
            if (held.isValid() && isStale(library)) {
                runner.run(Command.of(SOURCES.resolve("build").toString(), FOLDER.toString())
                                .timeout(Duration.ofSeconds(60)))
                        .requireSuccess("compile the fake NVML");
            }
        }
    }

    private static boolean isStale(Path library) throws IOException {
        if (!Files.exists(library)) {
            return true;
        }
        Instant built = Files.getLastModifiedTime(library).toInstant();
        try (var sources = Files.walk(SOURCES)) {
            for (Path source : sources.toList()) {
                if (Files.getLastModifiedTime(source).toInstant().isAfter(built)) {
                    return true;
                }
            }
        }
        return false;
    }

    public NvmlLocation location() {
        return new NvmlLocation(library.toString());
    }

    public NvmlDriver open() {
        return NvmlDriver.open(location());
    }

    /** 0 lets the fake follow the real time. */
    public void setClockMicros(long micros) {
        control.fake_nvml_set_clock_micros(micros);
    }

    public void loseGpu(int index) {
        control.fake_nvml_lose_gpu(index);
    }

    Control control() {
        return control;
    }
}
