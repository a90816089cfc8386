package io.gpushare.runtime.docker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.Launches;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuiltFromTest {
    private final Workload shell = Launches.ofBusybox().workload(List.of("sh"));

    @Test
    void takesAnImageThatWasBuiltFromTheFolderAsItIs() {
        assertThatCode(() -> new BuiltFrom("shell", shell.digest()).require(shell, "some/image"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnImageThatIsOlderThanTheFolder() {
        assertThatThrownBy(() -> new BuiltFrom("shell", "1".repeat(64)).require(shell, "some/image"))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        e -> assertThat(e.advice()).contains("Build it again with: gpushare workloads build shell"))
                .hasMessage("the image some/image is older than the files of the workload shell: it was built from"
                        + " others");
    }

    @Test
    void refusesTheImageOfAnotherWorkload() {
        assertThatThrownBy(() -> new BuiltFrom("other", shell.digest()).require(shell, "some/image"))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        e -> assertThat(e.advice())
                                .hasValueSatisfying(
                                        advice -> assertThat(advice).startsWith("Give each an image of its own")))
                .hasMessage("the image some/image was built from the workload other, and the workload shell names it"
                        + " too");
    }

    @Test
    void readsItsOwnLabels() {
        BuiltFrom origin = new BuiltFrom("shell", "00");

        assertThat(BuiltFrom.of(origin.labels())).contains(origin);
        assertThat(BuiltFrom.of(Map.of())).isEmpty();
        assertThat(BuiltFrom.of(Map.of(ContainerLabels.DIGEST, ""))).isEqualTo(Optional.empty());
    }
}
