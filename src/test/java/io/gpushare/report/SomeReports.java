package io.gpushare.report;

import io.gpushare.mode.ModeKind;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Family;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.StudyOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports of the measured runs that ship with the tool, and of studies that somebody made up. */
public final class SomeReports {
    public static final Instant MADE_AT = Instant.parse("2026-01-02T03:04:05Z");
    public static final ReadResults READ = ResultReading.read(List.of("results/reference/h200"), ReadingProgress.NONE);

    private SomeReports() {}

    public static Report reference() {
        return of(Study.of(READ.runs(), StudyOptions.DEFAULT));
    }

    public static Report of(Study study) {
        return new Report(study, READ, List.of(), MADE_AT, "0.1.0+abcdef0");
    }

    public static Report of(Section... sections) {
        return of(new Study(StudyOptions.DEFAULT, List.of(sections), List.of(), List.of()));
    }

    public static Section section(boolean simulated, List<Family> families) {
        return new Section(
                "NVIDIA H200",
                simulated,
                3,
                List.of(),
                List.of("580.1"),
                families,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    public static Family family(MixStudy... mixes) {
        return new Family("family", List.of(mixes), Map.of(), List.of());
    }

    /** Each mix with an answer and an arm. */
    public static Family mixes(int count) {
        List<MixStudy> mixes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            mixes.add(mix("mix " + i, "spin", List.of(fact("answer to " + i)), List.of()));
        }
        return family(mixes.toArray(MixStudy[]::new));
    }

    public static MixStudy mix(String name, String variant, List<Answer> answers, List<Starvation> starvations) {
        return new MixStudy(
                name,
                2,
                List.of(new VariantCount(variant, 2, "call", "stress")),
                List.of(arm()),
                starvations,
                Choice.none("only MPS"),
                answers);
    }

    public static Answer fact(String text) {
        return new Answer(
                Answer.Topic.RECOMMENDATION,
                Confidence.FACT,
                text,
                Optional.of("gpushare bench --for-" + text.replace(' ', '-')));
    }

    public static Arm arm(Estimate... estimates) {
        StoredRun run = READ.runs().getFirst();
        LinkedHashMap<String, Estimate> byId = new LinkedHashMap<>();
        for (Estimate estimate : estimates) {
            byId.put(estimate.metric().id(), estimate);
        }
        return new Arm(
                new ArmKey(ModeKind.MPS, "MPS", false, "process", 0), "MPS", List.of(run), List.of(), byId, Map.of());
    }
}
