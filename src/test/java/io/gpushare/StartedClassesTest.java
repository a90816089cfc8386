package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.ChildJava;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has no cluster does not wait for a cluster's client to be loaded. */
final class StartedClassesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--version", "mode show --simulate", "mode apply exclusive --simulate --dry-run"})
    void knowNothingOfACluster(String arguments) throws Exception {
        Path loaded = folder.resolve("loaded");
        // Not from the archive of classes, of which Java takes all at once.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-Xlog:class+load=info:file=" + loaded,
                "--enable-native-access=ALL-UNNAMED",
                "-Dgpushare.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.gpushare.Gpushare"));
        command.addAll(List.of(arguments.split(" ")));
        ProcessBuilder builder = ChildJava.builder(command);
        builder.environment().put("GPUSHARE_STATE", folder.resolve("state").toString());
        Process gpushare = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(gpushare.waitFor())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        assertThat(Files.readString(loaded)).contains("io.gpushare.Gpushare ").doesNotContain("io.fabric8");
    }
}
