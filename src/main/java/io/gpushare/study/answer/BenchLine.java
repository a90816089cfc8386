package io.gpushare.study.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.study.arm.PlannedTenants;
import io.gpushare.text.Shell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command that measures a run's plan again, or with something changed; ready to paste into a shell.
 *
 * @param ofMode settings of the mode, {@code ofTenants} those of single tenants under MPS
 */
record BenchLine(
        List<String> place,
        String mode,
        List<Alike> tenants,
        List<String> ofMode,
        List<String> ofTenants,
        String duration,
        int repeat) {
    /** Enough for a difference between two ways of sharing to be shown. */
    static final int REPEATS = 5;

    private static final String AUTO = "auto";
    private static final String MPS = "mps";
    private static final String WITH_MPS = "--mps";
    /** Of MIG, on the GPUs that are divided most finely. */
    private static final int MOST_INSTANCES = 7;

    /** That every driver's MPS server serves; newer ones take some more. */
    private static final int MOST_CLIENTS = 48;

    /**
     * Tenants that do the same.
     *
     * @param workload what finds it again: its name, or the path of its file
     * @param settings of the workload, as {@code resnet-train.batch=128}
     */
    record Alike(String workload, int count, List<String> settings) {
        Alike {
            settings = List.copyOf(settings);
        }

        private Stream<String> words() {
            String tenants = count == 1 ? workload : workload + ":" + count;
            return Stream.concat(
                    Stream.of("--workload " + Shell.quoted(tenants)),
                    settings.stream().map(setting -> "--set " + Shell.quoted(setting)));
        }
    }

    BenchLine {
        place = List.copyOf(place);
        tenants = List.copyOf(tenants);
        ofMode = List.copyOf(ofMode);
        ofTenants = List.copyOf(ofTenants);
    }

    /** Empty for a plan that options cannot say: settings are given by workload, and here one has several. */
    static Optional<BenchLine> of(RunResult run) {
        JsonNode plan = run.plan();
        Map<String, String> known = new LinkedHashMap<>();
        List<Alike> tenants = new ArrayList<>();
        List<String> ofTenants = new ArrayList<>();
        for (PlannedTenants planned : PlannedTenants.of(run)) {
            JsonNode alike = planned.plan();
            String workload = planned.workload();
            String set = alike.path("set").toString();
            if (!known.getOrDefault(workload, set).equals(set)) {
                return Optional.empty();
            }
            boolean first = known.put(workload, set) == null;
            List<String> settings = alike.path("set").properties().stream()
                    .map(setting -> workload + "." + setting.getKey() + "="
                            + setting.getValue().asText())
                    .toList();
            tenants.add(new Alike(planned.reference(), planned.count(), first ? settings : List.of()));
            if (first) {
                ofTenants.addAll(mps(alike.path("mps"), workload + "="));
            }
        }
        return Optional.of(new BenchLine(
                surroundings(run),
                run.mode(),
                tenants,
                ofMode(plan.path("mode")),
                ofTenants,
                plan.path("duration").asText("10s"),
                1));
    }

    /** All that the command needs beside mode and tenants. */
    private static List<String> surroundings(RunResult run) {
        JsonNode plan = run.plan();
        List<String> words = new ArrayList<>(place(plan));
        for (JsonNode bind : plan.path("binds")) {
            words.add("--bind " + Shell.quoted(bind.asText()));
        }
        String access = plan.path("gpu_access").asText(AUTO);
        if (!access.equals(AUTO)) {
            words.add("--gpu-access " + Shell.quoted(access));
        }
        if (plan.path("allow_busy").asBoolean()) {
            words.add("--allow-busy");
        }
        if (plan.path("gpu_cost_per_hour").isNumber()) {
            words.add("--gpu-cost-per-hour "
                    + Shell.quoted(plan.path("gpu_cost_per_hour").asText()));
        }
        return words;
    }

    private static List<String> place(JsonNode plan) {
        JsonNode gpu = plan.path("gpu");
        if (gpu.path("simulate").isTextual()) {
            return List.of("--simulate=" + Shell.quoted(gpu.path("simulate").textValue()));
        }
        String runtime = plan.path("runtime").asText(AUTO);
        return Stream.of(
                        gpu.isTextual() && !gpu.textValue().equals("any")
                                ? "--gpu " + Shell.quoted(gpu.textValue())
                                : "",
                        runtime.equals(AUTO) ? "" : "--runtime " + Shell.quoted(runtime))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static List<String> ofMode(JsonNode mode) {
        List<String> words = new ArrayList<>();
        if (mode.has("quantum")) {
            words.add("--quantum " + Shell.quoted(mode.path("quantum").asText()));
        }
        if (mode.has("profiles")) {
            words.add("--profiles "
                    + mode.path("profiles")
                            .valueStream()
                            .map(JsonNode::asText)
                            .map(Shell::quoted)
                            .collect(Collectors.joining(",")));
        }
        if (mode.has("mps")) {
            words.add(WITH_MPS);
            words.addAll(mps(mode.path("mps"), ""));
        }
        words.addAll(mps(mode, ""));
        if (mode.path("exclusive_process").asBoolean()) {
            words.add("--exclusive-process");
        }
        if (mode.has("daemon")) {
            words.add("--mps-daemon " + Shell.quoted(mode.path("daemon").asText()));
        }
        return words;
    }

    private static List<String> mps(JsonNode settings, String who) {
        List<String> words = new ArrayList<>();
        add(words, settings, "thread_percentage", "--thread-percentage", who);
        add(words, settings, "memory_limit", "--memory-limit", who);
        add(words, settings, "priority", "--priority", who);
        return words;
    }

    private static void add(List<String> words, JsonNode settings, String property, String option, String who) {
        if (settings.has(property)) {
            words.add(option + " " + Shell.quoted(who + settings.path(property).asText()));
        }
    }

    /** Without any settings of another mode. */
    BenchLine inMode(String kind) {
        return new BenchLine(place, kind, tenants, List.of(), List.of(), duration, repeat);
    }

    /** Through MPS, with one more setting of some tenants: {@code --priority stream=low}. */
    BenchLine withMps(String option) {
        List<String> more = new ArrayList<>(mode.equals(MPS) ? ofTenants : List.of());
        more.add(option);
        return new BenchLine(place, MPS, tenants, mode.equals(MPS) ? ofMode : List.of(), more, duration, repeat);
    }

    /** With two of each tenant; empty where a GPU is not divided into so many, or one MPS server does not serve so many. */
    Optional<BenchLine> twice() {
        List<Alike> doubled = tenants.stream()
                .map(alike -> new Alike(alike.workload(), 2 * alike.count(), alike.settings()))
                .toList();
        int count = doubled.stream().mapToInt(Alike::count).sum();
        boolean room = switch (mode) {
            case "mig" -> ofMode.contains(WITH_MPS) || (ofMode.isEmpty() && count <= MOST_INSTANCES);
            case MPS -> count <= MOST_CLIENTS;
            default -> true;
        };
        return room
                ? Optional.of(new BenchLine(place, mode, doubled, ofMode, ofTenants, duration, repeat))
                : Optional.empty();
    }

    BenchLine repeated(int times) {
        return new BenchLine(place, mode, tenants, ofMode, ofTenants, duration, times);
    }

    String text() {
        List<String> words = new ArrayList<>(List.of("gpushare", "bench"));
        words.addAll(place);
        words.add("--mode " + mode);
        words.addAll(ofMode);
        tenants.stream().flatMap(Alike::words).forEach(words::add);
        words.addAll(ofTenants);
        words.add("--duration " + Shell.quoted(duration));
        if (repeat > 1) {
            words.add("--repeat " + repeat);
        }
        return String.join(" ", words);
    }
}
