package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is said of tests that did not run, on classes that only this test runs. */
final class SkippedTestsTest {
    static final class Engineless {
        @BeforeAll
        static void needsAnEngine() {
            abort("no engine answers");
        }

        @Test
        void starts() {}

        @Test
        void stops() {}
    }

    static final class Partly {
        @Test
        void runs() {}

        @Test
        void needsGcc() {
            assumeTrue(false, "gcc is not installed");
        }

        @TestFactory
        Stream<DynamicTest> needsGccTwice() {
            return Stream.of("one", "two").map(name -> dynamicTest(name, this::needsGcc));
        }

        @Test
        @Disabled("it is too hot")
        void isDisabled() {}
    }

    static final class Whole {
        @Test
        void runs() {}
    }

    private static String said(Class<?>... tests) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LauncherConfig alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(alone)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(tests)
                                        .map(test -> selectClass(test))
                                        .toList())
                                .build(),
                        new SkippedTests(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesEachReasonWithTheTestsAndWholeClassesThatItSkipped() {
        assertThat(said(Partly.class, Engineless.class, Whole.class)).isEqualTo("""

                Skipped tests, and why:
                  gcc is not installed
                    SkippedTestsTest$Partly.needsGcc, SkippedTestsTest$Partly.needsGccTwice (2)
                  it is too hot
                    SkippedTestsTest$Partly.isDisabled
                  no engine answers
                    SkippedTestsTest$Engineless (2)

                """);
    }

    @Test
    void saysNothingWhereEverythingRan() {
        assertThat(said(Whole.class)).isEmpty();
    }
}
