package io.gpushare.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.cores.HostCores.Core;
import io.gpushare.doctor.HostSteadiness;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.witness.HostWatch;
import io.gpushare.witness.SeenCpu;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The host of docs/host.md. */
final class HostTextTest {
    private static SeenCpu cpu(int number, IntPredicate slowed) {
        return new SeenCpu(
                number,
                IntStream.range(0, 320)
                        .mapToObj(loop -> slowed.test(loop) ? 79_000L : 45_000)
                        .toList(),
                Reading.of(0.6),
                Reading.of(0.0),
                OptionalDouble.of(2096),
                OptionalDouble.of(2096));
    }

    private static HostSteadiness host(SeenCpu... cpus) {
        return HostSteadiness.of(
                new HostWatch.Seen(List.of(cpus), 20, false),
                new HostCores(IntStream.range(0, cpus.length)
                        .mapToObj(number -> new Core(CpuSet.of(List.of(number)), 0))
                        .toList()),
                OptionalDouble.empty());
    }

    private static List<String> lines(HostSteadiness host, int columns) {
        return new HostText((_, text) -> text, columns).lines(host);
    }

    @Test
    void answersFirstAndThenSaysWhatTheAnswerRestsOn() {
        HostSteadiness host = host(
                cpu(0, loop -> loop % 100 == 0),
                cpu(1, loop -> loop % 80 < 30),
                cpu(2, loop -> false),
                cpu(3, loop -> loop >= 250));

        assertThat(String.join("\n", lines(host, 100))).isEqualTo("""
                        This host is not steady: 2 of its 4 processors ran slowed, for up to 38 % of the time and at 57 % of
                        full speed, in 20 s of watching.
                        → Take the steady cores: taskset -c 0,2 gpushare bench …
                        → Fewer tenants a host: each needs a core that is at full speed.
                        → A host without other guests, or one that gives its guests whole cores.

                        Processors: a loop takes 45.0 µs at full speed, slowed 79.0 µs
                          cpu  slowed %  flips/min  steal %  programs %  loop µs  interrupted %   MHz
                          ───────────────────────────────────────────────────────────────────────────────────────
                            0         1          0        0           1     45.0            0.0  2096
                            1        38         21        0           1     45.0            0.0  2096  not steady
                            2         0          0        0           1     45.0            0.0  2096
                            3        22          3        0           1     45.0            0.0  2096  not steady

                        A bench of 30 s: time with all cores at full speed, and the error of the total
                          tenants  any cores %  the steadiest %  error ± %
                          ────────────────────────────────────────────────
                                1           83              100       12.8
                                2           69               99        9.1
                                4           48               48        6.4

                        This sees cores that another guest, or a program, disturbs while it looks. A core whose other
                        hyper-thread happens to rest shows nothing: look while the host is as busy as it will be.
                        """.strip());
    }

    @Test
    void leavesAwayWhatIsLessImportantWhereThereIsNoRoom() {
        List<String> narrow = lines(host(cpu(0, loop -> false)), 50);

        assertThat(narrow)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60))
                .anyMatch(line -> line.contains("slowed %"))
                .noneMatch(line -> line.contains("interrupted"));
    }

    @Test
    void saysWhatIsNotKnown() {
        Reading<Double> unknown = Reading.absent(Absence.Kind.NO_DATA);
        SeenCpu unseen = new SeenCpu(0, List.of(), unknown, unknown, OptionalDouble.empty(), OptionalDouble.empty());

        assertThat(lines(host(unseen), 100))
                .first()
                .isEqualTo("Nothing is known of this host: no thread of gpushare got to run on its cores.");
        assertThat(lines(host(unseen), 100)).anyMatch(line -> line.matches(" +0 +– +0 +– +– +– .*"));
    }
}
