package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script `gpushare` in a clone, with a Java that echoes its arguments and a Maven that leaves a jar. */
final class LauncherTest {
    @TempDir
    Path temporary;

    private Path clone;
    private Path jdk;
    private Path builds;

    @BeforeEach
    void setUpAClone() throws IOException {
        clone = Files.createDirectories(temporary.resolve("a clone"));
        Files.copy(Path.of("gpushare"), clone.resolve("gpushare"));
        makeExecutable(clone.resolve("gpushare"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        Files.createDirectories(clone.resolve("src/main/java"));
        Path bundle = Files.createDirectories(clone.resolve("src/bundle"));
        for (String file : List.of("archive-classes", "classes")) {
            Files.copy(Path.of("src/bundle", file), bundle.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        source("One.java");
        builds = temporary.resolve("builds");
        jdk = makeJdk(temporary.resolve("jdk"), "25.0.9");
        program("mvn", """
                echo build >> '%s'
                sleep 0.2
                mkdir -p '%s/target/app' '%s/target/classes'
                date +%%N > '%s/target/app/gpushare.jar'
                """.formatted(builds, clone, clone, clone));
    }

    private Path source(String name) throws IOException {
        return Files.writeString(clone.resolve("src/main/java").resolve(name), "class " + name);
    }

    private Path makeJdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
        // A run that archives classes leaves the file that it was told to leave.
        script(folder.resolve("bin/java"), """
                for argument in "$@"; do
                    case $argument in -XX:SharedArchiveFile=*.jsa.*) echo > "${argument#*=}"; exit ;; esac
                done
                echo "java %s: ${@: -2}"
                """.formatted(version));
        return folder;
    }

    private void program(String name, String body) throws IOException {
        script(Files.createDirectories(temporary.resolve("bin")).resolve(name), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + body);
        makeExecutable(file);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private CommandResult start(Path launcher, Map<String, String> more, String... arguments)
            throws InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH", temporary.resolve("bin") + ":/usr/bin:/bin",
                "HOME", temporary.toString(),
                "JAVA_HOME", jdk.toString()));
        environment.putAll(more);
        return new CommandRunner(environment)
                .run(Command.of(launcher.toString(), arguments).directory(temporary));
    }

    private CommandResult start(String... arguments) throws InterruptedException {
        return start(clone.resolve("gpushare"), Map.of(), arguments);
    }

    private long buildCount() throws IOException {
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test
    void buildsOnceThenRunsWithTheArgumentsAsTheyAre() throws Exception {
        CommandResult first = start("gpus", "two words");
        CommandResult second = start("gpus", "$(id) *");

        assertThat(first.stdout()).isEqualTo("java 25.0.9: gpus two words\n");
        assertThat(first.stderr()).matches("gpushare: building, this takes a moment … done in \\d+ s\n");
        assertThat(second.stdout()).isEqualTo("java 25.0.9: gpus $(id) *\n");
        assertThat(second.stderr()).isEmpty();
        assertThat(buildCount()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        start("--version");
        Files.setLastModifiedTime(
                source("Two.java"), FileTime.from(Instant.now().plusSeconds(5)));
        start("--version");
        assertThat(buildCount()).isEqualTo(2);

        Files.setLastModifiedTime(
                clone.resolve("target/app/gpushare.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        Files.delete(clone.resolve("src/main/java/Two.java"));
        Files.setLastModifiedTime(
                clone.resolve("src/main/java"), FileTime.from(Instant.now().plusSeconds(120)));
        start("--version");
        assertThat(buildCount()).isEqualTo(3);
    }

    @Test
    void worksThroughASymbolicLinkFromElsewhere() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("gs"), clone.resolve("gpushare"));
        assertThat(start(link, Map.of(), "doctor", "--json").stdout()).isEqualTo("java 25.0.9: doctor --json\n");
    }

    @Test
    void startsWithTheArchiveOfClasses() throws Exception {
        script(jdk.resolve("bin/java"), """
                for argument in "$@"; do
                    case $argument in
                        -XX:SharedArchiveFile=*.jsa.*) echo > "${argument#*=}"; exit ;;
                        -XX:SharedArchiveFile=*.jsa) [[ -f ${argument#*=} ]] && echo "with ${argument##*/}" ;;
                    esac
                done
                """);
        assertThat(start("gpus").stdout()).isEqualTo("with gpushare.jsa\n");
        assertThat(start("gpus").stdout()).isEqualTo("with gpushare.jsa\n");
        assertThat(start("--version").stdout()).isEqualTo("with quick.jsa\n");
    }

    @Test
    void startsWhereThereIsNoHome() throws Exception {
        CommandResult result = new CommandRunner(Map.of("PATH", temporary.resolve("bin") + ":/usr/bin:/bin"))
                .run(Command.of(
                        "env", "JAVA_HOME=" + jdk, clone.resolve("gpushare").toString(), "gpus", "--json"));

        assertThat(result.stdout()).isEqualTo("java 25.0.9: gpus --json\n");
    }

    @Test
    void letsJavaNameAllFilesWhereThereIsNoLocale() throws Exception {
        script(jdk.resolve("bin/java"), """
                for argument in "$@"; do
                    case $argument in -XX:SharedArchiveFile=*.jsa.*) echo > "${argument#*=}"; exit ;; esac
                done
                echo "${LC_ALL:-}"
                """);
        Path launcher = clone.resolve("gpushare");

        assertThat(start(launcher, Map.of(), "gpus").stdout()).isEqualTo("C.UTF-8\n");
        assertThat(start(launcher, Map.of("LC_ALL", "POSIX"), "gpus").stdout()).isEqualTo("C.UTF-8\n");
        assertThat(start(launcher, Map.of("LANG", "de_DE.UTF-8"), "gpus").stdout())
                .isEqualTo("\n");
    }

    @Test
    void passesOverAnotherJavaInJavaHome() throws Exception {
        Path older = makeJdk(temporary.resolve("jdk-17"), "17.0.2");
        Files.createSymbolicLink(temporary.resolve("bin/java"), jdk.resolve("bin/java"));

        CommandResult result =
                start(clone.resolve("gpushare"), Map.of("JAVA_HOME", older.toString()), "gpus", "--json");

        assertThat(result.stdout()).isEqualTo("java 25.0.9: gpus --json\n");
    }

    @Test
    void showsTheErrorsOfABuildThatFails() throws Exception {
        program("mvn", """
                echo '[INFO] Compiling'
                echo '[ERROR] /src/main/java/One.java:[1,5] class expected'
                echo '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.'
                exit 1
                """);

        CommandResult result = start("gpus");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).isEqualTo("""
                        gpushare: building, this takes a moment …
                        [ERROR] /src/main/java/One.java:[1,5] class expected
                        error: the build failed; the whole of its output is in %s/target/launcher-build.log
                        """.formatted(clone));
        assertThat(clone.resolve("target/launcher-build.log")).content().contains("[INFO] Compiling");
    }

    @Test
    void buildsAgainWhatWasEditedWhileItWasBuilt() throws Exception {
        program("mvn", """
                echo build >> '%s'
                mkdir -p '%s/target/app'
                echo jar > '%s/target/app/gpushare.jar'
                sleep 0.05
                [[ $(wc -l < '%s') != 1 ]] || echo 'class Edited' > '%s/src/main/java/One.java'
                """.formatted(builds, clone, clone, builds, clone));
        start("gpus");
        start("gpus");
        start("gpus");
        assertThat(buildCount()).isEqualTo(2);
    }

    @Test
    void leavesNoHalfWrittenJarOfAFailedBuild() throws Exception {
        program("mvn", """
                mkdir -p '%s/target/app'
                echo half > '%s/target/app/gpushare.jar'
                exit 1
                """.formatted(clone, clone));
        assertThat(start("gpus").exitCode()).isEqualTo(1);
        assertThat(clone.resolve("target/app/gpushare.jar")).doesNotExist();
    }

    @Test
    void startsWithoutAHome() throws Exception {
        CommandResult result = new CommandRunner(Map.of("PATH", temporary.resolve("bin") + ":/usr/bin:/bin"))
                .run(Command.of(
                        "env",
                        "-u",
                        "HOME",
                        "JAVA_HOME=" + jdk,
                        clone.resolve("gpushare").toString(),
                        "gpus",
                        "--json"));
        assertThat(result.stdout()).isEqualTo("java 25.0.9: gpus --json\n");
    }

    @Test
    void twoStartsAtOnceBuildOnce() throws Exception {
        try (ExecutorService starts = Executors.newFixedThreadPool(4)) {
            Callable<CommandResult> start = () -> start("gpus", "--json");
            for (Future<CommandResult> each : starts.invokeAll(List.of(start, start, start, start))) {
                assertThat(each.get().stdout()).isEqualTo("java 25.0.9: gpus --json\n");
            }
        }
        assertThat(buildCount()).isEqualTo(1);
    }

    @Test
    void aBundleBringsItsOwnJavaAndIsNeverBuilt() throws Exception {
        makeJdk(clone.resolve("runtime"), "25.0.1");
        Files.createDirectories(clone.resolve("app"));
        Files.writeString(clone.resolve("app/gpushare.jar"), "jar");

        CommandResult result = start(clone.resolve("gpushare"), Map.of("JAVA_HOME", "/nowhere"), "gpus", "--json");

        assertThat(result.stdout()).isEqualTo("java 25.0.1: gpus --json\n");
        assertThat(buildCount()).isZero();
    }
}
