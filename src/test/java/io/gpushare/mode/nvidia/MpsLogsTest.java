package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.setup.MpsDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpsLogsTest {
    private static final String ORDINARY_SERVER = """
        [2026-11-20 11:30:13.371 Other   652] Startup
        [2026-11-20 11:30:13.705 Server   652] Status of client {PID: 572, Context ID: 1} is ACTIVE
        [2026-11-20 11:30:23.453 Server   652] Server failed to recevie command with status 806, assuming client {PID: 572, Context ID: 1} exit
        [2026-11-20 11:30:23.504 Server   652] Client process 572 disconnected
        """;

    private static final String ORDINARY_CONTROL = """
        [2026-11-21 12:56:42.686 Control   432] Cmd:quit -t 5
        [2026-11-21 12:56:42.686 Control   432] Try shutting down server 440, backoff is disabled
        [2026-11-21 12:56:42.769 Control   432] Server 440 exited with status 0
        [2026-11-21 12:56:42.769 Control   432] Exit with status 0
        """;

    @TempDir
    Path folder;

    private MpsDaemon daemon;

    @BeforeEach
    void makeLogs() throws IOException {
        daemon = new MpsDaemon(folder, new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE);
        Files.createDirectory(daemon.logDirectory());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(daemon.logDirectory().resolve(name), text);
    }

    @Test
    void findsNothingWrongInAnOrdinaryLife() throws IOException {
        assertThat(MpsLogs.complaints(daemon)).isEmpty();
        write("server.log", ORDINARY_SERVER);
        write("control.log", ORDINARY_CONTROL);
        assertThat(MpsLogs.complaints(daemon)).isEmpty();
    }

    @Test
    void tellsFaultsOfBothInTheOrderInWhichTheyHappened() throws IOException {
        write(
                "server.log",
                ORDINARY_SERVER
                        + "[2026-11-20 11:31:00.100 Server   652] Client {PID: 700, Context ID: 1} encountered a fatal"
                        + " exception\n");
        write(
                "control.log",
                "[2026-11-20 11:30:00.000 Control   453] Failed to start server\n"
                        + "[2026-11-20 11:31:00.200 Control   453] Server 652 exited with status 1\n"
                        + ORDINARY_CONTROL);
        assertThat(MpsLogs.complaints(daemon))
                .containsExactly(
                        "Failed to start server",
                        "Client {PID: 700, Context ID: 1} encountered a fatal exception",
                        "Server 652 exited with status 1");
    }

    @Test
    void keepsTheLastOfVeryMany() throws IOException {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            log.append("[2026-11-20 11:31:00.100 Server   652] failed for the %dth time\n".formatted(i));
        }
        write("server.log", log.toString());
        assertThat(MpsLogs.complaints(daemon)).hasSizeLessThan(100).endsWith("failed for the 4999th time");
    }
}
