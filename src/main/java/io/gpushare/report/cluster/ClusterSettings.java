package io.gpushare.report.cluster;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.report.Report;
import io.gpushare.text.Amount;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes YAML, with what cannot be said there as comments. */
public final class ClusterSettings {
    private static final int COLUMNS = 110;

    private final List<String> lines = new ArrayList<>();
    private final List<Advice> all;

    private ClusterSettings(Report report) {
        this.all = Advice.of(report);
        if (all.stream().noneMatch(Advice::isSettled)) {
            throw GpushareException.failed(
                    "there is no mix for which the runs recommend a way",
                    "`gpushare analyze` says what is open, and which runs would settle it.");
        }
    }

    /** Configurations of NVIDIA's device plugin: a key for each mix. */
    public static List<String> devicePlugin(Report report) {
        return new ClusterSettings(report).devicePlugin();
    }

    /** Claims for NVIDIA's DRA driver: one for each mix, which all its tenants name. */
    public static List<String> dra(Report report) {
        return new ClusterSettings(report).dra();
    }

    /** What the pods of a mix have to say to KAI. */
    public static List<String> kai(Report report) {
        return new ClusterSettings(report).kai();
    }

    private List<String> devicePlugin() {
        comment(
                "",
                "What gpushare recommends, as configurations of NVIDIA's device plugin. The label"
                        + " nvidia.com/device-plugin.config of a node names the one that it gets.");
        line("apiVersion: v1");
        line("kind: ConfigMap");
        line("metadata:");
        line("  name: gpushare-recommended");
        line("data:");
        for (Advice advice : all) {
            line("");
            comment("  ", advice.why());
            if (!advice.isSettled()) {
                continue;
            }
            Optional<SharingMode> mode = advice.mode();
            mode.ifPresent(way -> pluginNotes(advice, way).forEach(note -> comment("  ", note)));
            line("  " + advice.name() + ": |");
            line("    version: v1");
            line("    flags: {migStrategy: "
                    + (mode.filter(SharingMode.Mig.class::isInstance).isPresent() ? "mixed" : "none") + "}");
            mode.ifPresent(way -> pluginSharing(way, advice.tenants()));
        }
        return lines;
    }

    private static List<String> pluginNotes(Advice advice, SharingMode mode) {
        List<String> notes = new ArrayList<>();
        switch (mode) {
            case SharingMode.TimeSlicing(Optional<Quantum> quantum) ->
                quantum.ifPresent(turns ->
                        notes.add("It was measured with " + turns.text() + " turns, which the plugin does not set."));
            case SharingMode.Mps(MpsSettings settings, MpsDaemonChoice _, boolean _) ->
                notes.add("The plugin limits each of " + advice.tenants() + " clients to its part of the threads and of"
                        + " the memory; it was measured with " + words(settings) + ".");
            case SharingMode.Mig _ ->
                notes.add("The GPU has to be divided before, by the label nvidia.com/mig.config or by hand. Tenants ask"
                        + " for nvidia.com/mig-PROFILE.");
            case SharingMode.Exclusive _ -> {}
        }
        addWhatDiffers(advice, notes);
        return notes;
    }

    private void pluginSharing(SharingMode mode, int tenants) {
        String strategy;
        switch (mode) {
            case SharingMode.TimeSlicing _ -> strategy = "timeSlicing";
            case SharingMode.Mps _ -> strategy = "mps";
            case SharingMode.Exclusive _, SharingMode.Mig _ -> {
                return;
            }
        }
        line("    sharing:");
        line("      " + strategy + ":");
        line("        renameByDefault: true");
        if (mode instanceof SharingMode.TimeSlicing) {
            line("        failRequestsGreaterThanOne: true");
        }
        line("        resources:");
        line("          - name: nvidia.com/gpu");
        line("            replicas: " + tenants);
    }

    private List<String> dra() {
        comment(
                "",
                "What gpushare recommends, as claims for NVIDIA's DRA driver. All tenants of a mix name the one"
                        + " claim.");
        for (Advice advice : all) {
            line("");
            comment("", advice.why());
            advice.mode().ifPresent(mode -> claim(advice, mode));
        }
        return lines;
    }

    private void claim(Advice advice, SharingMode mode) {
        List<String> sharing = new ArrayList<>();
        switch (mode) {
            case SharingMode.TimeSlicing(Optional<Quantum> quantum) -> {
                String turns = quantum.orElse(Quantum.DEFAULT).text();
                sharing.add("strategy: TimeSlicing");
                sharing.add("timeSlicingConfig: {interval: "
                        + turns.substring(0, 1).toUpperCase(Locale.ROOT) + turns.substring(1) + "}");
            }
            case SharingMode.Mps(MpsSettings settings, MpsDaemonChoice _, boolean _) -> {
                sharing.add("strategy: MPS");
                List<String> limits = new ArrayList<>();
                settings.threadPercentage().ifPresent(share -> limits.add("defaultActiveThreadPercentage: " + share));
                settings.memoryLimitBytes()
                        .ifPresent(bytes -> limits.add("defaultPinnedDeviceMemoryLimit: " + (bytes >> 20) + "Mi"));
                if (!limits.isEmpty()) {
                    sharing.add("mpsConfig: {" + String.join(", ", limits) + "}");
                }
            }
            case SharingMode.Mig _, SharingMode.Exclusive _ -> {
                comment("", "Each tenant has a claim of its own; of MIG for the device class mig.nvidia.com.");
                return;
            }
        }
        List<String> notes = new ArrayList<>();
        addWhatDiffers(advice, notes);
        notes.forEach(note -> comment("", note));
        line("---");
        line("apiVersion: resource.k8s.io/v1");
        line("kind: ResourceClaim");
        line("metadata:");
        line("  name: shared-by-" + advice.name());
        line("spec:");
        line("  devices:");
        line("    requests:");
        line("      - name: gpu");
        line("        exactly:");
        line("          deviceClassName: gpu.nvidia.com");
        line("    config:");
        line("      - requests: [gpu]");
        line("        opaque:");
        line("          driver: gpu.nvidia.com");
        line("          parameters:");
        line("            apiVersion: resource.nvidia.com/v1beta1");
        line("            kind: GpuConfig");
        line("            sharing:");
        sharing.forEach(setting -> line("              " + setting));
    }

    private List<String> kai() {
        comment(
                "",
                "What gpushare recommends, as what each pod of a mix says to the KAI scheduler. KAI lets pods take"
                        + " turns; it starts no MPS, and divides no GPU.");
        for (Advice advice : all) {
            line("");
            comment("", advice.why());
            if (advice.mode().filter(SharingMode.TimeSlicing.class::isInstance).isPresent()) {
                comment("", "For each of its " + Amount.of(advice.tenants(), "pod") + ":");
                line("---");
                line("metadata:");
                // Rounded down, so that all of them fit.
                line("  annotations: {gpu-fraction: \"" + Amount.decimals(Math.floor(100.0 / advice.tenants()) / 100, 2)
                        + "\"}");
                line("spec:");
                line("  schedulerName: kai-scheduler");
            } else if (advice.isSettled()) {
                comment("", "That is nothing that KAI does.");
            }
        }
        return lines;
    }

    private static void addWhatDiffers(Advice advice, List<String> notes) {
        if (advice.tenantsDiffer()) {
            notes.add("Single tenants had settings of their own, which are not here.");
        }
    }

    private static String words(MpsSettings settings) {
        List<String> words = settings.words();
        return words.isEmpty() ? "no limits" : String.join(", ", words);
    }

    private void comment(String indent, String sentence) {
        Wrapping.of(sentence, COLUMNS).forEach(part -> line(indent + "# " + part));
    }

    private void line(String text) {
        lines.add(text);
    }
}
