package io.gpushare.experiment.sweep;

import io.gpushare.plan.Mix;
import io.gpushare.plan.PlanText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who the tenants of a mix are, in turn.
 *
 * @param text as people write it: {@code resnet-infer:2,bert-train}, or {@code training=2,inference=1}
 * @param workloads of the turns, by what finds each: its name, or the path of its file
 * @param kinds whether the text names kinds of workloads
 */
public record Turns(String text, List<String> workloads, boolean kinds) {
    private static final int USUAL_TENANTS = 4;
    private static final Pattern COUNTED = Pattern.compile("(.+?)(?::(\\d+))?");

    public Turns {
        workloads = List.copyOf(workloads);
    }

    /** The usual mix: one of each kind. */
    static Turns usual() {
        return new Turns("training=1,inference=1,interactive=1", Mix.OF_ALL_KINDS.workloads(3), true);
    }

    /** @throws io.gpushare.failure.GpushareException (status USAGE) that says what is wrong with it */
    public static Turns ofKinds(String text) {
        Mix mix = Mix.parse(text);
        return new Turns(text, mix.workloads(mix.turns().size()), true);
    }

    /**
     * @param text {@code NAME[:N],…}
     * @param resolve makes the path of a workload's file absolute
     * @throws IllegalArgumentException with a sentence for whoever wrote it
     */
    public static Turns ofWorkloads(String text, UnaryOperator<String> resolve) {
        List<String> workloads = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = COUNTED.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "'" + text + "' names no workload in one place; write it as resnet-infer:2,bert-train");
            }
            String named = matcher.group(1);
            String reference = PlanText.isPath(named) ? resolve.apply(named) : named;
            int count = matcher.group(2) == null ? 1 : PlanText.count(matcher.group(2));
            workloads.addAll(Collections.nCopies(count, reference));
            words.add(reference + (count == 1 ? "" : ":" + count));
        }
        return new Turns(String.join(",", words), workloads, false);
    }

    /** @param count of tenants; without one, as many as there are turns, or the usual number of those by kind */
    List<String> tenants(OptionalInt count) {
        int tenants = count.orElse(kinds ? USUAL_TENANTS : workloads.size());
        List<String> all = new ArrayList<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            all.add(workloads.get(tenant % workloads.size()));
        }
        return all;
    }
}
