package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which kinds of workload tenants run, in turn: {@code training=2,inference=1} is training, training, inference,
 * training …
 */
public record Mix(List<Workload.Kind> turns) {
    public static final Mix OF_ALL_KINDS =
            new Mix(List.of(Workload.Kind.TRAINING, Workload.Kind.INFERENCE, Workload.Kind.INTERACTIVE));

    private static final Pattern PART = Pattern.compile("([a-z]+)(?:=(\\d{1,3}))?");
    private static final String SYNTAX = "Write it as training=2,inference=1,interactive=1.";

    public Mix {
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("a mix of nothing");
        }
    }

    /** @throws GpushareException (status USAGE) that says what is wrong with it */
    public static Mix parse(String text) {
        List<Workload.Kind> turns = new ArrayList<>();
        Set<Workload.Kind> seen = EnumSet.noneOf(Workload.Kind.class);
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip().toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw GpushareException.usage("'" + text + "' is not a mix", SYNTAX);
            }
            Workload.Kind kind = kind(matcher.group(1));
            if (!seen.add(kind)) {
                throw GpushareException.usage("the mix '" + text + "' names " + words(kind) + " twice", SYNTAX);
            }
            int weight = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
            turns.addAll(Collections.nCopies(weight, kind));
        }
        if (turns.isEmpty()) {
            throw GpushareException.usage("the mix '" + text + "' leaves nothing to run", SYNTAX);
        }
        return new Mix(turns);
    }

    private static Workload.Kind kind(String name) {
        List<String> names =
                Arrays.stream(Workload.Kind.values()).map(Mix::words).toList();
        return Arrays.stream(Workload.Kind.values())
                .filter(kind -> words(kind).equals(name))
                .findFirst()
                .orElseThrow(() -> GpushareException.usage(
                        "there is no kind of workload '" + name + "' to mix", Spelling.advice(name, names)));
    }

    private static String words(Workload.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The workloads' names in the catalog, one a tenant. */
    public List<String> workloads(int tenants) {
        List<String> names = new ArrayList<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            names.add(standard(turns.get(tenant % turns.size())));
        }
        return names;
    }

    /** The workload that stands for its kind. */
    private static String standard(Workload.Kind kind) {
        return switch (kind) {
            case TRAINING -> "resnet-train";
            case INFERENCE -> "resnet-infer";
            case INTERACTIVE -> "notebook";
            case STRESS -> "matmul-burn";
            case SERVER -> "inference-server";
        };
    }
}
