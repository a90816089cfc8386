package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.report.ArmLook;
import io.gpushare.report.HeatScale;
import io.gpushare.report.SomeReports;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.study.MadeLoad;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
    private static final Pattern ELSEWHERE = Pattern.compile("(?:src|href|action)=\"(?!#)|url\\(|@import");
    private static final int MOST_BYTES = 2_000_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    void pointsToNothingOutsideItself() throws IOException {
        Page.write(ExampleReport.hostile(), file());

        assertThat(ELSEWHERE.matcher(Files.readString(file())).find()).isFalse();
    }

    @Test
    void namesNeverBecomeMarkup() throws IOException {
        Page.write(ExampleReport.hostile(), file());

        String page = Files.readString(file());
        assertThat(page).doesNotContain(ExampleReport.SCRIPT).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
        assertThat(occurrences(page, "<script")).isEqualTo(occurrences(page, "</script>"));
        assertThat(occurrences(page, "<style")).isEqualTo(1).isEqualTo(occurrences(page, "</style"));
    }

    @Test
    void allowsOnlyTheScriptsAndTheStyleThatItHolds() throws IOException {
        Page.write(ExampleReport.usual(), file());

        Matcher policy = Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")
                .matcher(Files.readString(file()));
        assertThat(policy.find()).isTrue();
        assertThat(policy.group(1).replace("&#39;", "'"))
                .startsWith("default-src 'none'")
                .contains(
                        Assets.style().hash(),
                        Assets.library().hash(),
                        Assets.script().hash())
                .doesNotContain("unsafe");
    }

    @Test
    void staysSmallWithTwelveWaysOfSharingAnd64Tenants() throws IOException {
        Page.write(ExampleReport.hostile(), file());

        assertThat(Files.size(file())).isLessThan(MOST_BYTES);
    }

    @Test
    void saysWhatWasThinned() throws IOException {
        Page.write(ExampleReport.usual(), file());

        assertThat(Files.readString(file())).contains("Long series are thinned").contains("about 600 points a line");
    }

    @Test
    void namesTheRunsThatWereLeftOutAndTheFilesThatWereSkippedWithTheirReasons() throws IOException {
        Page.write(ExampleReport.usual(), file());

        assertThat(Files.readString(file()))
                .contains("12 counted, 1 left out, 1 file skipped")
                .contains("benchmark_mps_2_unsteady.json", "unstable: Tenant 0 (bert-infer) was not steady.")
                .contains("results/broken.json", "it ends in the middle of bert-infer");
    }

    @Test
    void aRunSaysHowSureItsFiguresAreAndHowFastItsCoresWere() throws IOException {
        Page.write(ExampleReport.usual(), file());

        assertThat(Files.readString(file()))
                .contains("280 samples<small>± 1.4 %</small>", "<small>± 0.7 %</small>", "<small>± 12 %</small>")
                .contains(
                        "Tenant 0: core 12 ran at 57 % of its speed for 9.0 of 30.0 s; 243 samples/s as measured, 280 had"
                                + " no core been slowed");
    }

    @Test
    void simulatedNumbersAreMarkedAndMeasuredOnesAreNot() throws IOException {
        Page.write(ExampleReport.hostile(), file());
        assertThat(Files.readString(file()))
                .contains("No GPU was measured.")
                .contains("<h1>How to share: simulated NVIDIA H200");

        Page.write(ExampleReport.usual(), file());
        assertThat(Files.readString(file())).doesNotContain("No GPU was measured.");
    }

    @Test
    void aStudyWithoutRunsSaysWhy() throws IOException {
        Page.write(ExampleReport.empty(), file());

        assertThat(Files.readString(file()))
                .contains("<h1>No runs to compare</h1>", "0 counted, 1 left out, 1 file skipped", "it is no JSON")
                .doesNotContain("class=\"bars\"");
    }

    @Test
    void marksTheBestMeanOfThoseThatShareByWhatIsBetter() throws IOException {
        Page.write(ExampleReport.usual(), file());

        assertThat(Files.readString(file()))
                .contains("<span class=\"winner\">best</span> <span class=\"mean\">357</span>")
                .contains("<span class=\"winner\">best</span> <span class=\"mean\">0.000276</span>")
                .doesNotContain("best</span> <span class=\"mean\">0.000138<")
                .doesNotContain("best</span> <span class=\"mean\">182<");
    }

    @Test
    void hasATableForEachLoadThatServersShared() throws IOException {
        ServedLoad half = MadeLoad.open(100, 20);
        Page.write(
                SomeReports.of(Study.of(
                        List.of(
                                MadeRun.in("time-slicing")
                                        .serving("s", MadeLoad.open(200, 40))
                                        .stored(),
                                MadeRun.in("mps").serving("s", half, half).stored()),
                        StudyOptions.DEFAULT)),
                file());

        String page = Files.readString(file());
        assertThat(page)
                .contains("The same load, one replica or several", "<caption>200 requests/s in all</caption>")
                .contains("MPS with 2 replicas has the shortest tail");
    }

    @Test
    void hasTheColoursOfThePictures() throws IOException {
        Page.write(ExampleReport.usual(), file());

        HeatScale heat = new HeatScale(12.9);
        assertThat(Files.readString(file()))
                .contains(".mode-mps-0{--mode:#d55e00}")
                .contains(".mode-mps-1{--mode:"
                        + new ArmLook(ModeKind.MPS, 4).onWhite().hex() + "}")
                .contains("<td class=\"" + Styling.heat(heat.share(1.9)) + "\"")
                .contains(".heat-40{background:light-dark("
                        + HeatScale.at(heat.share(12.9)).hex());
    }

    @Test
    void aFolderThatIsNotThereIsToldAndNothingIsLeft() throws IOException {
        assertThatThrownBy(() ->
                        Page.write(ExampleReport.empty(), folder.resolve("no").resolve("report.html")))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("could not be written");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    private Path file() {
        return folder.resolve("report.html");
    }

    private static long occurrences(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
