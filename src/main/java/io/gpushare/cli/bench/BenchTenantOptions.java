package io.gpushare.cli.bench;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.AttachedTenant;
import io.gpushare.plan.LayerText;
import io.gpushare.plan.Mix;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.PlanText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which workloads run, and how many of each. */
final class BenchTenantOptions implements OptionSection {
    private static final int USUAL_TENANTS = 4;
    private static final Pattern COUNTED = Pattern.compile("(.+?)(?::(\\d+))?");

    @Option(
            names = "--workloads",
            paramLabel = "N",
            description = "How many tenants share the GPU, chosen by --mix. Default: " + USUAL_TENANTS + ".")
    private @Nullable Integer count;

    @Option(
            names = "--mix",
            paramLabel = "KIND=N,…",
            description = "Kinds in turn. Default: training=1,inference=1,interactive=1.")
    private @Nullable String mix;

    @Option(
            names = "--workload",
            paramLabel = "NAME[:N]",
            description = "Run this, N times; your own by the path of its file. Repeatable.")
    private List<String> named = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "NAME.PARAMETER=VALUE",
            description = "A workload's parameter, as resnet-infer.batch=16. Repeatable.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "A variable for tenants; no VALUE: gpushare's own. Repeatable.")
    private List<String> environment = new ArrayList<>();

    @Option(
            names = "--layer",
            paramLabel = "FILE",
            description = "A library, variables or a command, put on all tenants.")
    private @Nullable Path layer;

    @Mixin
    private ProgramOptions programs = new ProgramOptions();

    @Mixin
    private AttachedServerOptions servers = new AttachedServerOptions();

    @Option(
            names = "--attach",
            paramLabel = "PID|container:NAME",
            description = "Only watch this one, which runs beside them already. Repeatable.")
    private List<String> attached = new ArrayList<>();

    @Override
    public String heading() {
        return "Tenants";
    }

    void applyTo(PlanDraft draft) {
        if (!named.isEmpty() && (count != null || mix != null)) {
            throw GpushareException.usage(
                    "--workload names the tenants, and " + (mix == null ? "--workloads" : "--mix")
                            + " would choose them",
                    "Count them as --workload resnet-infer:3, or leave out --workload.");
        }
        if (servers.given()) {
            if (!named.isEmpty() || mix != null || count != null || programs.given()) {
                throw GpushareException.usage(
                        "--server names the tenants, and other options would choose others",
                        "A plan can have both: gpushare bench --dry-run prints one to add to.");
            }
            draft.removeTenants();
            servers.addTo(draft);
            programs.refuseWithoutTenant();
        } else if (programs.given()) {
            if (!named.isEmpty() || mix != null) {
                throw GpushareException.usage(
                        "--tenant names the tenants, and " + (mix == null ? "--workload" : "--mix")
                                + " would choose others",
                        "A plan can have both: gpushare bench --dry-run prints one to add to.");
            }
            draft.removeTenants();
            programs.addTo(draft, count == null ? programs.usualCount() : checked(count));
        } else {
            programs.refuseWithoutTenant();
            applyWorkloads(draft);
        }
        if (!servers.given()) {
            servers.refuseWithoutServer();
        }
        attached.forEach(text -> draft.attach(OptionText.read("--attach", () -> AttachedTenant.parse(text))));
        draft.environment(OptionText.read("--env", () -> PlanText.environment(environment)));
        OptionText.given(layer, value -> draft.layer(LayerText.read(value)));
        TenantSettingText.applyTo(draft, settings);
    }

    private static int checked(int tenants) {
        if (tenants < 1 || tenants > 256) {
            throw GpushareException.usage(
                    "--workloads must be 1 to 256, got " + tenants, "It says how many tenants share the GPU.");
        }
        return tenants;
    }

    private void applyWorkloads(PlanDraft draft) {
        if (!named.isEmpty()) {
            draft.removeTenants();
            named.forEach(text -> addTenants(draft, text));
        } else if (count != null || mix != null || !draft.hasTenants()) {
            draft.removeTenants();
            int tenants = count == null ? USUAL_TENANTS : checked(count);
            Mix turns = mix == null ? Mix.OF_ALL_KINDS : Mix.parse(mix);
            turns.workloads(tenants).forEach(name -> draft.addTenants(name, 1, Map.of()));
        }
    }

    private static void addTenants(PlanDraft draft, String text) {
        Matcher matcher = COUNTED.matcher(text);
        String reference = matcher.matches() ? matcher.group(1) : text;
        String count = matcher.matches() && matcher.group(2) != null ? matcher.group(2) : "1";
        int tenants = OptionText.read("--workload " + text, () -> PlanText.count(count));
        draft.addTenants(TenantSettingText.reference(reference), tenants, Map.of());
    }
}
