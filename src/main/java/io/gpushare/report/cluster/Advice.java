package io.gpushare.report.cluster;

import io.gpushare.mode.SharingMode;
import io.gpushare.report.Report;
import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.text.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What to use for a mix.
 *
 * @param name for things in a cluster: {@code 4-resnet-infer}
 * @param why a sentence
 * @param tenants that share a GPU
 * @param arm how; empty where no way can be recommended, or where not to share is best
 * @param keepsApart whether not to share is what is recommended
 */
record Advice(String name, String why, int tenants, Optional<Arm> arm, boolean keepsApart) {
    private static final int LONGEST_NAME = 60;

    static List<Advice> of(Report report) {
        List<Advice> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : report.study().sections()) {
            section.mixes().filter(mix -> mix.tenants() > 1).forEach(mix -> all.add(of(section, mix, names)));
        }
        return all;
    }

    private static Advice of(Section section, MixStudy mix, Set<String> names) {
        Choice choice = mix.choice();
        Optional<Arm> arm = mix.arms().stream()
                .filter(one -> one.name().equals(choice.way()))
                .findFirst();
        String work = choice.work()
                .map(stp -> ", " + EstimateWords.of(stp) + " times the work of one tenant after another")
                .orElse("");
        String why = mix.mix() + " on " + section.title() + ": " + choice.way() + work + " ("
                + choice.confidence().word() + ").";
        String plain = slug(mix.mix());
        String name = plain;
        for (int more = 2; !names.add(name); more++) {
            name = plain + "-" + more;
        }
        return new Advice(name, SafeText.of(why), mix.tenants(), arm, choice.doesNotShare());
    }

    private static String slug(String words) {
        String plain = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME)).replaceAll("^-+|-+$", "");
    }

    boolean isSettled() {
        return keepsApart || arm.isPresent();
    }

    /** As it was measured. */
    Optional<SharingMode> mode() {
        return arm.map(way -> way.typical().result().plan().mode());
    }

    boolean tenantsDiffer() {
        return arm.filter(way -> way.key().tenantsDiffer()).isPresent();
    }
}
