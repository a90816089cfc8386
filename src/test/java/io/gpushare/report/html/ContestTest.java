package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.report.ArmLooks;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may win by which number, in bars and in the table. */
final class ContestTest {
    private static Section section(MadeRun... runs) {
        return Study.of(Stream.of(runs).map(MadeRun::stored).toList(), StudyOptions.DEFAULT)
                .sections()
                .getFirst();
    }

    private static List<Arm> arms(Section section) {
        return section.families().getFirst().mixes().getFirst().arms();
    }

    private static String written(Element element) {
        StringBuilder text = new StringBuilder();
        try {
            element.writeTo(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String figure(String bars, String caption) {
        int from = bars.indexOf(caption);
        assertThat(from).as(caption).isPositive();
        return bars.substring(from, bars.indexOf("</figure>", from));
    }

    @Test
    void takingTurnsWinsNeitherByTheRateOfATurnNorByStepsThatWaitForNone() {
        Section section = section(
                MadeRun.in("exclusive").tenants("a", MadeRun.latencies(2, 1000), 100, 100),
                MadeRun.in("mps").tenants("a", MadeRun.latencies(3, 1000), 90, 90),
                MadeRun.in("time-slicing").tenants("a", MadeRun.latencies(4, 1000), 60, 60));

        String bars = written(ArmBars.of(arms(section), new ArmLooks(section)));

        assertThat(figure(bars, "throughput of a tenant of a"))
                .contains("exclusive\n50.0 samples/s", "MPS\n90.0 samples/s", "time-slicing\n60.0 samples/s");
        assertThat(figure(bars, "p99 of a")).contains("MPS", "time-slicing").doesNotContain("exclusive");
    }

    @Test
    void nobodyIsBestByRatesOfDifferentCards() {
        Section section = section(
                MadeRun.in("mps").tenants("a", 90, 90).alone("a", 100),
                MadeRun.in("time-slicing").tenants("a", 60, 60).alone("a", 100).onCard("GPU-2"));
        List<Arm> arms = arms(section);
        ArmLooks looks = new ArmLooks(section);
        List<Metric> work = arms.getFirst().estimates().values().stream()
                .map(estimate -> estimate.metric())
                .filter(metric -> metric.key().equals("throughput_units_per_sec"))
                .toList();
        List<Metric> progress = arms.getFirst().estimates().values().stream()
                .map(estimate -> estimate.metric())
                .filter(metric -> metric.key().equals("stp"))
                .toList();

        assertThat(written(ComparisonTable.of("", arms, work, looks))).doesNotContain("winner");
        assertThat(written(ComparisonTable.of("", arms, progress, looks))).contains("winner");
    }
}
