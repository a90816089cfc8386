package io.gpushare;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says at the end of a run what was skipped, and why: Maven counts such tests only, and of a class that was skipped as
 * a whole it counts none. JUnit finds it as a service.
 */
public final class SkippedTests implements TestExecutionListener {
    private final PrintStream out;
    private final Map<String, Map<String, Long>> skipped = new TreeMap<>();
    private Optional<TestPlan> plan = Optional.empty();

    public SkippedTests() {
        this(System.out);
    }

    SkippedTests(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan started) {
        plan = Optional.of(started);
        skipped.clear();
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            add(
                    test,
                    result.getThrowable()
                            .map(Throwable::getMessage)
                            .map(message -> message.replaceFirst("^Assumption failed: ", ""))
                            .orElse("no reason given"));
        }
    }

    private synchronized void add(TestIdentifier test, String reason) {
        skipped.computeIfAbsent(reason.strip(), _ -> new TreeMap<>()).merge(name(test), methods(test), Long::sum);
    }

    /** Of the method or class that it belongs to: one of a factory has no place of its own in the sources. */
    private String name(TestIdentifier test) {
        return test.getSource()
                .flatMap(SkippedTests::named)
                .or(() -> plan.flatMap(all -> all.getParent(test)).map(this::name))
                .orElseGet(test::getDisplayName);
    }

    private static Optional<String> named(TestSource source) {
        return switch (source) {
            case MethodSource method -> Optional.of(simple(method.getClassName()) + "." + method.getMethodName());
            case ClassSource whole -> Optional.of(simple(whole.getClassName()));
            default -> Optional.empty();
        };
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private long methods(TestIdentifier test) {
        return Math.max(
                1,
                plan.stream()
                        .flatMap(all -> all.getDescendants(test).stream())
                        .filter(below -> below.getSource()
                                .filter(MethodSource.class::isInstance)
                                .isPresent())
                        .count());
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan finished) {
        if (skipped.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("\nSkipped tests, and why:\n");
        skipped.forEach((reason, tests) -> text.append("  ")
                .append(reason.replace("\n", "\n  "))
                .append("\n    ")
                .append(tests.entrySet().stream().map(SkippedTests::counted).collect(Collectors.joining(", ")))
                .append('\n'));
        out.println(text);
        out.flush();
    }

    private static String counted(Map.Entry<String, Long> tests) {
        return tests.getKey() + (tests.getValue() == 1 ? "" : " (" + tests.getValue() + ")");
    }
}
