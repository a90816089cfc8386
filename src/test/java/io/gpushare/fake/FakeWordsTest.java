package io.gpushare.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.RecordedSession.Exchange;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CurrentUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fakes against what the real tools said on an H200, command by command, to the letter. */
class FakeWordsTest {
    private static final String RECORDED_SERVER = "472";

    @TempDir
    Path folder;

    @Test
    void nvidiaSmiAnswersAsRecorded() throws IOException, InterruptedException {
        List<Exchange> exchanges =
                RecordedSession.load("nvidia-smi-session.h200.txt").exchanges();
        assertThat(exchanges).hasSize(12);
        try (FakeGpus gpus = FakeGpus.create(folder, "h200")) {
            for (Exchange exchange : exchanges) {
                assertThat(said(gpus, "", exchange.command(), RECORDED_SERVER)).isEqualTo(exchange);
            }
        }
    }

    @Test
    void mpsAnswersAsRecorded() throws IOException, InterruptedException {
        List<Exchange> exchanges = RecordedSession.load("mps-session.h200.txt").exchanges();
        assertThat(exchanges).hasSize(23);
        try (FakeGpus gpus = FakeGpus.create(folder, "h200");
                FakeMps mps = new FakeMps(gpus, folder.resolve("mps"))) {
            String server = RECORDED_SERVER;
            for (Exchange exchange : exchanges) {
                assertThat(said(gpus, mps.settings(), exchange.command(), server))
                        .isEqualTo(exchange);
                if (exchange.command().contains("start_server")) {
                    server = mps.awaitServer();
                }
            }
        }
    }

    /**
     * With the number of the server as in the recording, where a command or an answer names it and nowhere else: the
     * path of a folder, a share or a UUID may hold any number.
     */
    private static Exchange said(FakeGpus gpus, String settings, String command, String server)
            throws InterruptedException {
        // The session was recorded as root, and an ordinary user's daemon serves that user only.
        String run = settings
                + command.replace(RECORDED_SERVER, server)
                        .replace("-uid 0", "-uid " + CurrentUser.id().orElseThrow());
        CommandResult result = gpus.runner().run(Command.of("bash", "-c", run));
        assertThat(result.stderr()).isEmpty();
        String output = result.stdout().replaceAll("(?m)^(Server )?" + server + "$", "$1" + RECORDED_SERVER);
        return new Exchange(command, output, result.exitCode());
    }
}
