package io.gpushare.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.amount.Durations;
import io.gpushare.mode.Mount;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A plan as a file. Strict: whatever it does not know it refuses, with the property, the file and the line. */
public final class PlanYaml {
    private static final YAMLMapper WRITER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private final Path file;
    private final PlanDraft draft;

    private PlanYaml(Path file, PlanDraft draft) {
        this.file = file;
        this.draft = draft;
    }

    public static String write(RunPlan plan) {
        try {
            return WRITER.writeValueAsString(PlanJson.of(plan));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values must print", impossible);
        }
    }

    /** Relative paths in it start at its own folder. */
    public static PlanDraft read(Path file, WorkloadSource workloads) {
        PlanDraft draft = new PlanDraft(workloads);
        new PlanYaml(file.toAbsolutePath(), draft).read(YamlSection.of(file.toString(), "", parse(file)));
        return draft;
    }

    private static YamlValue parse(Path file) {
        try {
            return YamlValue.parse(Files.readString(file));
        } catch (JsonProcessingException notYaml) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "%s, line %d: %s"
                            .formatted(
                                    file,
                                    notYaml.getLocation() == null
                                            ? 1
                                            : notYaml.getLocation().getLineNr(),
                                    notYaml.getOriginalMessage()
                                            .lines()
                                            .findFirst()
                                            .orElse("not YAML")),
                    null,
                    notYaml);
        } catch (NoSuchFileException missing) {
            throw new GpushareException(
                    ExitStatus.USAGE, "there is no plan " + file, "`gpushare bench --dry-run` prints one.", missing);
        } catch (IOException unreadable) {
            throw new GpushareException(
                    ExitStatus.USAGE, "the plan " + file + " cannot be read: " + unreadable, null, unreadable);
        }
    }

    private void read(YamlSection plan) {
        if (!plan.required("gpushare").equals(Integer.toString(PlanJson.VERSION))) {
            throw plan.complaint(
                    "gpushare", "must be " + PlanJson.VERSION + ", the version of plans that this gpushare reads");
        }
        readMode(plan);
        readTenants(plan);
        readGpu(plan);
        plan.map("runtime", PlanText::runtime).ifPresent(draft::runtime);
        plan.map("gpu_access", PlanText::gpuAccess).ifPresent(draft::gpuAccess);
        plan.map("duration", Durations::parse).ifPresent(draft::duration);
        plan.map("timeout", Durations::parse).ifPresent(draft::timeout);
        readBaseline(plan);
        plan.map("repeat", number(Integer::valueOf)).ifPresent(draft::repeat);
        plan.map("seed", number(Long::valueOf)).ifPresent(draft::seed);
        plan.map("allow_busy", PlanYaml::yesOrNo).ifPresent(draft::allowBusy);
        plan.map("sampling_interval", Durations::parse).ifPresent(draft::samplingInterval);
        readBinds(plan);
        plan.map("gpu_cost_per_hour", number(Double::valueOf)).ifPresent(draft::gpuCostPerHour);
        plan.finish();
    }

    private void readMode(YamlSection plan) {
        YamlValue value = plan.find("mode").orElseThrow(() -> plan.complaint("mode", "is missing"));
        if (!(value instanceof YamlValue.Section)) {
            plan.with("mode", kind -> draft.mode(PlanText.mode(kind, List.of())));
            return;
        }
        YamlSection mode = YamlSection.of(file.toString(), "mode", value);
        String kind = mode.required("kind");
        List<String> profiles = mode.items("profiles").stream()
                .map(profile -> mode.text("profiles", profile))
                .toList();
        mode.at("kind", () -> draft.mode(PlanText.mode(kind, profiles)));
        mode.finish();
    }

    private void readTenants(YamlSection plan) {
        List<YamlValue> items = plan.items("tenants");
        if (items.isEmpty()) {
            throw plan.complaint("tenants", "names no workload");
        }
        for (int i = 0; i < items.size(); i++) {
            YamlSection tenant = plan.item("tenants", i, items.get(i));
            String workload = tenant.required("workload");
            String reference = PlanText.isPath(workload) ? path(workload).toString() : workload;
            int count = tenant.map("count", number(Integer::valueOf)).orElse(1);
            if (count < 1) {
                throw tenant.complaint("count", "must be at least 1");
            }
            Map<String, String> settings =
                    tenant.section("set").map(YamlSection::texts).orElse(Map.of());
            tenant.at("workload", () -> draft.addTenants(reference, count, settings));
            tenant.finish();
        }
    }

    private void readGpu(YamlSection plan) {
        if (plan.find("gpu").orElse(null) instanceof YamlValue.Section) {
            plan.section("gpu").ifPresent(gpu -> {
                draft.gpu(new GpuChoice.Simulated(gpu.required("simulate")));
                gpu.finish();
            });
            return;
        }
        plan.with(
                "gpu",
                name -> draft.gpu(
                        switch (name) {
                            case "any" -> new GpuChoice.Any();
                            case "none" -> new GpuChoice.None();
                            default -> new GpuChoice.Named(name);
                        }));
    }

    private void readBaseline(YamlSection plan) {
        if (plan.find("baseline").orElse(null) instanceof YamlValue.Section) {
            plan.section("baseline").ifPresent(baseline -> {
                draft.baseline(new BaselineChoice.FromFile(path(baseline.required("file"))));
                baseline.finish();
            });
            return;
        }
        plan.with(
                "baseline",
                word -> draft.baseline(
                        switch (word) {
                            case "none" -> new BaselineChoice.None();
                            case "run" -> new BaselineChoice.Run();
                            default ->
                                throw new IllegalArgumentException("must be none, run, or have the property file");
                        }));
    }

    private void readBinds(YamlSection plan) {
        List<Mount> binds = new ArrayList<>();
        for (YamlValue item : plan.items("binds")) {
            String text = plan.text("binds", item);
            plan.at("binds", () -> binds.add(PlanText.bind(text, this::path)));
        }
        draft.binds(binds);
    }

    private Path path(String text) {
        return file.resolveSibling(text).normalize();
    }

    private static <T> Function<String, T> number(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("'" + text + "' is not a number that can stand here", notANumber);
            }
        };
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }
}
