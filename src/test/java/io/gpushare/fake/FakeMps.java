package io.gpushare.fake;

import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** The MPS daemon of one pair of directories on a fake machine. Closing it ends the daemon. */
final class FakeMps implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeGpus gpus;
    private final Path folder;

    FakeMps(FakeGpus gpus, Path folder) {
        this.gpus = gpus;
        this.folder = folder;
    }

    static FakeMps started(FakeGpus gpus, Path folder) throws InterruptedException {
        FakeMps mps = new FakeMps(gpus, folder);
        gpus.runner().run(mps.in(Command.of("nvidia-cuda-mps-control", "-d"))).requireSuccess("start MPS");
        return mps;
    }

    Map<String, String> environment() {
        return Map.of("CUDA_MPS_PIPE_DIRECTORY", folder.toString(), "CUDA_MPS_LOG_DIRECTORY", folder + ".log");
    }

    /** For a shell. */
    String settings() {
        return "export CUDA_MPS_PIPE_DIRECTORY='" + folder + "' CUDA_MPS_LOG_DIRECTORY='" + folder + ".log'; ";
    }

    Command in(Command command) {
        Command with = command;
        for (Map.Entry<String, String> variable : environment().entrySet()) {
            with = with.environment(variable.getKey(), variable.getValue());
        }
        return with;
    }

    CommandResult control(String line) throws InterruptedException {
        return gpus.runner()
                .run(in(Command.of("nvidia-cuda-mps-control").stdin(line + "\n").timeout(PATIENCE)));
    }

    String ask(String line) throws InterruptedException {
        return control(line).requireSuccess("ask MPS").stdout();
    }

    String await(String line, Predicate<String> wanted) throws InterruptedException {
        return Waiting.until(() -> ask(line), wanted);
    }

    /** The pid of the server, once it serves. */
    String awaitServer() throws InterruptedException {
        String server = await("get_server_list", list -> !list.isBlank()).strip();
        await("get_server_status " + server, "ACTIVE\n"::equals);
        return server;
    }

    @Override
    public void close() {
        try {
            control("quit -t 0");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
