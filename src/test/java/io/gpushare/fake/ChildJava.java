package io.gpushare.fake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The environment of a Java that a test starts: ours, without the options that Java reads from it. It would announce
 * them in the middle of what the test reads, and they win over those that the test gives.
 */
public final class ChildJava {
    private static final List<String> OPTIONS = List.of("_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private ChildJava() {}

    /**
     * What starts the program as the launcher does: the one that the build has just made, or the classes of these
     * tests.
     */
    public static List<String> gpushare() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.console=java.base",
                "-Xms16m",
                "-Xmx1g",
                "-Dgpushare.home=" + Path.of("").toAbsolutePath()));
        String app = System.getProperty("gpushare.app");
        command.addAll(
                app == null
                        ? List.of(
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.gpushare.Gpushare")
                        : List.of("-XX:SharedArchiveFile=" + app + "/gpushare.jsa", "-jar", app + "/gpushare.jar"));
        return command;
    }

    /**
     * The same for a script. Whoever runs the tests in the background is deaf to SIGINT, and so would be what they
     * start.
     */
    public static String gpushareInShell() {
        return gpushare().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "env --default-signal=INT,TERM,HUP ", ""));
    }

    /** To be changed as a test needs it. */
    public static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        OPTIONS.forEach(environment::remove);
        return environment;
    }

    public static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        OPTIONS.forEach(builder.environment()::remove);
        return builder;
    }
}
