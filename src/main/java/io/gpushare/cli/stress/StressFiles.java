package io.gpushare.cli.stress;

import io.gpushare.experiment.stress.ModeStress;
import io.gpushare.experiment.stress.StepWork;
import io.gpushare.experiment.stress.StressAnswers;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.report.chart.Growth;
import io.gpushare.report.chart.GrowthChart;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.Markdown;
import io.gpushare.report.text.PlainText;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Writes the summary beside the runs: as text, as Markdown, and a picture. */
final class StressFiles {
    private static final int TEXT_COLUMNS = 110;
    private static final String PICTURE = "stress.png";

    private final Path folder;
    private final List<Path> written = new ArrayList<>();

    private StressFiles(Path folder) {
        this.folder = folder;
    }

    /** @return the files, the one to open first at the head */
    static List<Path> write(StressReport report, Path folder) {
        StressFiles files = new StressFiles(folder);
        List<Block> blocks = StressText.of(report);
        files.write(
                "summary.md",
                Markdown.of(blocks)
                        + (report.worked()
                                ? "\n![Work and latency over the number of tenants](" + PICTURE + ")\n"
                                : ""));
        files.write("summary.txt", String.join("\n", PlainText.whole(blocks, TEXT_COLUMNS)) + "\n");
        if (report.worked()) {
            files.draw(growth(report));
        }
        return files.written;
    }

    private void write(String name, String content) {
        Path file = folder.resolve(name);
        try {
            AtomicFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw refused(file, failure);
        }
        written.add(file);
    }

    private void draw(Growth growth) {
        Path file = folder.resolve(PICTURE);
        try {
            GrowthChart.write(growth, file);
        } catch (IOException failure) {
            throw refused(file, failure);
        }
        written.add(file);
    }

    private static GpushareException refused(Path file, IOException failure) {
        return GpushareException.unable(
                file + " could not be written: " + WriteFailure.reason(failure),
                "Make room, or name another folder with --out.",
                failure);
    }

    private static Growth growth(StressReport report) {
        List<ModeStress> drawn =
                report.modes().stream().filter(ModeStress::worked).toList();
        ModeStress first = drawn.getFirst();
        return new Growth(
                String.join(" + ", report.workloads()),
                (report.simulated() ? "simulated " : "") + report.where(),
                report.simulated(),
                first.unit().map(unit -> unit + "s/s").orElse("times the work of one alone"),
                Optional.of(SloText.percentile(first.tail())),
                report.slos().stream()
                        .filter(slo -> slo.percentile() == first.tail())
                        .map(Slo::boundMs)
                        .distinct()
                        .toList(),
                drawn.stream()
                        .map(search -> curve(search, place(search, drawn)))
                        .toList());
    }

    /** Among those of one mode, each has another look. */
    private static int place(ModeStress search, List<ModeStress> all) {
        return all.stream()
                .filter(other -> other.kind() == search.kind())
                .toList()
                .indexOf(search);
    }

    private static Growth.Curve curve(ModeStress search, int place) {
        StressAnswers answers = search.answers();
        return new Growth.Curve(
                search.kind(),
                place,
                search.mode(),
                search.steps().stream()
                        .flatMap(step -> step.work().map(work -> point(step.tenants(), work)).stream())
                        .toList(),
                number(answers.knee().map(knee -> knee.step().tenants())),
                number(answers.within().map(StressAnswers.WithinBounds::tenants)),
                number(answers.breaks().map(StressAnswers.BreakingPoint::tenants)));
    }

    private static Growth.Point point(int tenants, StepWork work) {
        return new Growth.Point(
                tenants,
                work.total(),
                work.total() * work.errorPercent().orElse(0) / 100,
                work.tail().map(tail -> OptionalDouble.of(tail.ms())).orElse(OptionalDouble.empty()));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
