package io.gpushare.report.html;

import io.gpushare.report.ArmLooks;
import io.gpushare.report.MixOrder;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.text.Amount;

/** Every run that counts: its proof, its warnings, its tenants. */
final class RunsPart {
    private RunsPart() {}

    static Element of(Section section, String prefix, ArmLooks looks, DetailedRuns detailed, Contents contents) {
        Element part = contents.part(3, prefix + "-runs", "Runs and proof");
        if (detailed.incomplete()) {
            part.add(Styling.paragraph(
                    "note",
                    "So many tenants ran that only the first thousands are listed one by one. The files hold all."));
        }
        for (MixStudy mix : MixOrder.mostComparedFirst(section)) {
            part.add(Element.of("h4").text(mix.mix()));
            mix.arms().forEach(arm -> part.add(arm(arm, looks, detailed)));
        }
        return part;
    }

    private static Element arm(Arm arm, ArmLooks looks, DetailedRuns detailed) {
        long proven =
                arm.runs().stream().filter(run -> run.result().proof().proven()).count();
        String words = Amount.of(arm.runs().size(), "run") + ", mode proven"
                + (proven == arm.runs().size() ? "" : " in " + proven)
                + (arm.leftOut().isEmpty() ? "" : "; " + arm.leftOut().size() + " left out");
        Element folded = Styling.folded(
                Styling.mark(looks.of(arm.key())),
                Element.of("strong").text(arm.name()),
                Element.of("span", "aside").text(words));
        for (StoredRun run : arm.runs()) {
            folded.add(RunDetails.of(run, detailed.contains(run)));
        }
        for (StoredRun run : arm.leftOut()) {
            folded.add(RunDetails.of(run, false));
        }
        return folded;
    }
}
