package io.gpushare.cli.bench;

import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Workloads and their parameters, as options of several commands name them. */
public final class TenantSettingText {
    private static final Pattern SETTING = Pattern.compile("([^.=]+)\\.([^=]+)=(.*)", Pattern.DOTALL);

    private TenantSettingText() {}

    /** A name as it is; a path from here as one from anywhere. */
    public static String reference(String workload) {
        return PlanText.isPath(workload)
                ? Path.of(workload).toAbsolutePath().normalize().toString()
                : workload;
    }

    /** @param settings as {@code resnet-infer.batch=16} */
    public static void applyTo(PlanDraft draft, List<String> settings) {
        Set<String> given = new HashSet<>();
        settings.forEach(text -> set(draft, text, given));
    }

    private static void set(PlanDraft draft, String text, Set<String> given) {
        Matcher matcher = SETTING.matcher(text);
        if (!matcher.matches()) {
            throw GpushareException.usage(
                    "--set " + text + " does not say which workload, parameter and value",
                    "Write it as --set resnet-infer.batch=16.");
        }
        String parameter = matcher.group(1) + "." + matcher.group(2);
        if (!given.add(parameter)) {
            throw GpushareException.usage("--set " + parameter + " is given twice", "Leave out one of them.");
        }
        draft.set(matcher.group(1), matcher.group(2), matcher.group(3));
    }
}
