package io.gpushare.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of a Java that a test starts: ours, without the options that Java reads from it. It would announce them in
 * the middle of what the test reads, and they win over those that the test gives.
 */
public final class ChildJava {
    private static final List<String> OPTIONS = List.of("_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private ChildJava() {}

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
