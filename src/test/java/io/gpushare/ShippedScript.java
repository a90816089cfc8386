package io.gpushare;

import io.gpushare.fake.ChildJava;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

/** A script of the top level, copied beside a program of the test's that is called {@code gpushare}. */
record ShippedScript(Path folder, String name) {
    static ShippedScript copied(Path folder, String name) throws IOException {
        Files.copy(Path.of(name), folder.resolve(name));
        makeExecutable(folder.resolve(name));
        return new ShippedScript(folder, name);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What it starts is this. */
    void gpushareIs(String body) throws IOException {
        makeExecutable(Files.writeString(folder.resolve("gpushare"), "#!/usr/bin/env bash\n" + body + "\n"));
    }

    CommandResult run(String... arguments) throws InterruptedException {
        Map<String, String> environment = ChildJava.environment();
        environment.put("GPUSHARE_NVML_LIBRARY", "/nowhere/libnvidia-ml.so");
        environment.put("GPUSHARE_STATE", folder.resolve("state").toString());
        // By its whole name: one from here would be looked for where the test runs, not in its folder.
        String script = folder.resolve(name).toString();
        return new CommandRunner(environment)
                .run(Command.of(script, arguments).directory(folder).timeout(Duration.ofSeconds(90)));
    }
}
