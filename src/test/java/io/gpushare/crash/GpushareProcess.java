package io.gpushare.crash;

import io.gpushare.fake.ChildJava;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as the launcher starts it, in a session of its own as in a terminal. */
final class GpushareProcess {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Process process;
    private final long beganNanos = System.nanoTime();

    private GpushareProcess(Process process) {
        this.process = process;
    }

    /** @param words names the files of its output, {@code .out} and {@code .err} */
    static GpushareProcess start(Path folder, Map<String, String> environment, String words, String arguments)
            throws IOException {
        // Whoever runs the tests in the background is deaf to SIGINT, and so would be all that they start.
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT,TERM,HUP"));
        command.addAll(ChildJava.gpushare());
        command.addAll(List.of(arguments.split(" ")));
        ProcessBuilder builder = ChildJava.builder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(words + ".out").toFile())
                .redirectError(folder.resolve(words + ".err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new GpushareProcess(process);
    }

    /** Returns early where the process ends. */
    boolean endsWithin(Duration sinceItsBeginning) throws InterruptedException {
        long left = beganNanos + sinceItsBeginning.toNanos() - System.nanoTime();
        return process.waitFor(left, TimeUnit.NANOSECONDS);
    }

    long pid() {
        return process.pid();
    }

    /** The exit status, 128 and its number for a signal. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("gpushare did not end within " + LONGEST);
        }
        return process.exitValue();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }
}
