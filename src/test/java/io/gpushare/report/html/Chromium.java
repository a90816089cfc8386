package io.gpushare.report.html;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A browser without a screen, with a profile of its own. Its end is the end of all its processes. */
final class Chromium implements AutoCloseable {
    private static final String ADDRESS = "DevTools listening on ";
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final DevTools tools;

    private Chromium(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Chromium start(Path program, Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // What it leaves, it leaves where its profile is.
        builder.environment().put("TMPDIR", Files.createDirectories(profile).toString());
        Process process = builder.start();
        try {
            return new Chromium(process, new DevTools(address(process)));
        } catch (RuntimeException failure) {
            kill(process);
            throw failure;
        }
    }

    Tab open(Path file) {
        return Tab.open(tools, file.toUri());
    }

    /** Reads on behind the address, so that a full pipe never holds the browser up. */
    private static URI address(Process process) {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            StringBuilder said = new StringBuilder();
            try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    said.append(line).append('\n');
                    if (line.startsWith(ADDRESS)) {
                        address.complete(URI.create(line.substring(ADDRESS.length())));
                    }
                }
                address.completeExceptionally(new IllegalStateException("Chromium ended: " + said));
            } catch (IOException failure) {
                address.completeExceptionally(new UncheckedIOException(failure));
            }
        });
        return address.orTimeout(START.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        tools.close();
        kill(process);
    }

    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        // What still ends would write into the profile while it is deleted.
        all.forEach(one ->
                one.onExit().orTimeout(START.toSeconds(), TimeUnit.SECONDS).join());
    }
}
