package io.gpushare.mode.config;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.SharingMode;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.outcome.Spelling;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration file of NVIDIA's mig-parted, version {@code v1}, read as it is: labels, each with what to do with which
 * GPUs of a machine.
 */
public final class MigPartedFile {
    static final String CONFIGURATIONS = "mig-configs";

    private static final String ALL = "all";
    /** {@code 1c.3g.20gb} is a GPU instance 3g.20gb with one compute instance of one slice. */
    private static final Pattern CUT = Pattern.compile("(?<compute>\\d+)c\\.(?<profile>(?<slices>\\d+)g\\..*)");

    private final Path file;
    private final Map<String, List<Entry>> configurations;

    private MigPartedFile(Path file, Map<String, List<Entry>> configurations) {
        this.file = file;
        this.configurations = configurations;
    }

    /**
     * @param index as {@code nvidia-smi} counts
     * @param pciId empty where nobody can tell
     */
    public record Card(int index, Optional<PciId> pciId) {}

    /**
     * @param kinds of cards that are meant; empty for all
     * @param indices of GPUs that are meant; empty for all
     * @param slices empty to switch MIG off
     */
    private record Entry(List<PciId> kinds, Optional<Set<Integer>> indices, Optional<List<MigSlice>> slices) {}

    public static MigPartedFile read(Path file) {
        YamlProperties properties = YamlProperties.read(file);
        if (!properties.text("version").equals("v1")) {
            throw properties.problem("version", "must be v1, the version of mig-parted's files that gpushare reads");
        }
        YamlProperties labels = properties.properties(CONFIGURATIONS);
        properties.refuseOthers();
        Map<String, List<Entry>> configurations = new LinkedHashMap<>();
        for (String label : labels.names()) {
            List<Entry> entries = labels.listOfProperties(label).stream()
                    .map(MigPartedFile::entry)
                    .toList();
            if (entries.isEmpty()) {
                throw labels.problem(label, "the list is empty");
            }
            configurations.put(label, entries);
        }
        if (configurations.isEmpty()) {
            throw properties.problem(CONFIGURATIONS, "holds no configuration");
        }
        return new MigPartedFile(file, configurations);
    }

    private static Entry entry(YamlProperties properties) {
        List<PciId> kinds = new ArrayList<>();
        if (properties.has("device-filter")) {
            List<String> filter = properties.oneOrMoreTexts("device-filter");
            properties.at("device-filter", () -> filter.forEach(text -> kinds.add(PciId.parse(text))));
        }
        List<String> devices = properties.oneOrMoreTexts("devices");
        boolean enabled = properties
                .optionalTruth("mig-enabled")
                .orElseThrow(() -> properties.problem("devices", "the property 'mig-enabled' is missing beside it"));
        Optional<YamlProperties> wanted = properties.optionalProperties("mig-devices");
        properties.refuseOthers();
        if (enabled && wanted.isEmpty()) {
            throw properties.problem("mig-enabled", "is true, and 'mig-devices' is missing");
        }
        List<MigSlice> slices = wanted.map(MigPartedFile::slices).orElse(List.of());
        if (!enabled && !slices.isEmpty()) {
            throw properties.problem("mig-devices", "there can be none where mig-enabled is false");
        }
        return new Entry(kinds, indices(properties, devices), enabled ? Optional.of(slices) : Optional.empty());
    }

    private static Optional<Set<Integer>> indices(YamlProperties properties, List<String> devices) {
        if (devices.equals(List.of(ALL))) {
            return Optional.empty();
        }
        Set<Integer> indices = new TreeSet<>();
        for (String device : devices) {
            if (!device.matches("\\d{1,4}")) {
                throw properties.problem("devices", "'" + device + "' is no index of a GPU; write all, or [0, 1]");
            }
            indices.add(Integer.valueOf(device));
        }
        return Optional.of(indices);
    }

    private static List<MigSlice> slices(YamlProperties devices) {
        List<MigSlice> slices = new ArrayList<>();
        for (String name : devices.names()) {
            String count = devices.text(name);
            if (!count.equals("0")) {
                devices.at(name, () -> slices.addAll(slices(name, count)));
            }
        }
        return slices;
    }

    private static List<MigSlice> slices(String name, String count) {
        Matcher cut = CUT.matcher(name);
        String text = name;
        if (cut.matches()) {
            boolean whole = cut.group("compute").equals(cut.group("slices"));
            text = cut.group("profile") + (whole ? "" : "/" + cut.group("compute") + "c");
        }
        // With a count it is always a list of slices.
        return switch (MigLayoutText.parse(List.of(text + ":" + count))) {
            case MigLayout.Slices(List<MigSlice> slices) -> slices;
            case MigLayout.Each(MigSlice slice) -> List.of(slice);
            case MigLayout.Balanced() -> List.of();
        };
    }

    /** In the order of the file. */
    public List<String> labels() {
        return List.copyOf(configurations.keySet());
    }

    /**
     * What a configuration means for one GPU: MIG with these instances, or exclusive where it switches MIG off.
     *
     * @param label may be left out where there is only one
     * @throws GpushareException (status USAGE) when there is no such configuration, or it says nothing clear of this GPU
     */
    public SharingMode mode(Optional<String> label, Card card) {
        String chosen = label.orElseGet(this::onlyLabel);
        List<Entry> entries = configurations.get(chosen);
        if (entries == null) {
            String suggestion = Spelling.suggestion(chosen, labels()).strip();
            throw refused("has no configuration '" + chosen + "'", suggestion.isEmpty() ? itHas() : suggestion);
        }
        List<SharingMode> modes = new ArrayList<>();
        for (Entry entry : entries) {
            if (means(entry, chosen, card)) {
                modes.add(mode(entry, chosen));
            }
        }
        List<SharingMode> distinct = modes.stream().distinct().toList();
        if (distinct.size() == 1) {
            return distinct.getFirst();
        }
        throw refused(
                (distinct.isEmpty() ? "says nothing of " : "says two different things of ") + words(card)
                        + " in the configuration '" + chosen + "'",
                distinct.isEmpty() ? "Choose another configuration. " + itHas() : "Each GPU can have one entry only.");
    }

    private boolean means(Entry entry, String label, Card card) {
        if (!entry.indices().map(indices -> indices.contains(card.index())).orElse(true)) {
            return false;
        }
        if (entry.kinds().isEmpty()) {
            return true;
        }
        PciId id = card.pciId()
                .orElseThrow(() -> refused(
                        "chooses GPUs by their PCI device id in the configuration '" + label + "', and that of GPU "
                                + card.index() + " is unknown",
                        "Choose a configuration without device-filter."));
        return entry.kinds().stream().anyMatch(id::isA);
    }

    private SharingMode mode(Entry entry, String label) {
        if (entry.slices().isEmpty()) {
            return new SharingMode.Exclusive();
        }
        List<MigSlice> slices = entry.slices().get();
        if (slices.isEmpty()) {
            throw refused(
                    "switches MIG on and creates no instance in the configuration '" + label
                            + "': no program could use the GPU then",
                    "Choose another configuration. " + itHas());
        }
        return SharingMode.mig(new MigLayout.Slices(slices));
    }

    private String onlyLabel() {
        if (configurations.size() > 1) {
            throw refused("has several configurations", "Choose one with --config. " + itHas());
        }
        return labels().getFirst();
    }

    private static String words(Card card) {
        return "GPU " + card.index()
                + card.pciId().map(id -> " (" + id.text() + ")").orElse("");
    }

    private String itHas() {
        return "It has " + String.join(", ", labels()) + ".";
    }

    private GpushareException refused(String sentence, String advice) {
        return new GpushareException(ExitStatus.USAGE, file + " " + sentence, advice);
    }
}
