package io.gpushare.mode.config;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.gpu.PciId;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.SharingMode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration file of NVIDIA's mig-parted, version {@code v1}, read as it is: labels, each with what to do with
 * which GPUs of a machine.
 */
public final class MigPartedFile {
    static final String CONFIGURATIONS = "mig-configs";

    private static final String ALL = "all";

    private final Path file;
    private final Map<String, List<Entry>> configurations;

    private MigPartedFile(Path file, Map<String, List<Entry>> configurations) {
        this.file = file;
        this.configurations = configurations;
    }

    /**
     * @param index as {@code nvidia-smi} counts
     * @param dividable whether it has MIG
     */
    public record Card(int index, Reading<PciId> pciId, boolean dividable) {}

    /**
     * @param filter of cards that are meant, as it stands in the file; empty for all
     * @param indices of GPUs that are meant; empty for all
     * @param slices empty to switch MIG off
     */
    private record Entry(List<String> filter, Optional<Set<Integer>> indices, Optional<List<MigSlice>> slices) {

        /** Files are for whole machines: what they say of all GPUs is not meant for those without MIG. */
        boolean passesOver(Card card) {
            return !card.dividable() && (indices.isEmpty() || slices.isEmpty());
        }

        SharingMode mode() {
            return slices.<SharingMode>map(wanted ->
                            SharingMode.mig(wanted.isEmpty() ? new MigLayout.None() : new MigLayout.Slices(wanted)))
                    .orElseGet(SharingMode.Exclusive::new);
        }
    }

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
        List<String> filter = properties.has("device-filter") ? properties.anyTexts("device-filter") : List.of();
        List<String> devices = properties.anyTexts("devices");
        boolean enabled = properties
                .optionalTruth("mig-enabled")
                .orElseThrow(() -> properties.problem("devices", "the property 'mig-enabled' is missing beside it"));
        Optional<YamlProperties> wanted = properties.optionalProperties("mig-devices");
        properties.refuseOthers();
        if (enabled && wanted.isEmpty()) {
            throw properties.problem("mig-enabled", "is true, and 'mig-devices' is missing");
        }
        List<MigSlice> slices = wanted.map(MigPartedDevices::read).orElse(List.of());
        if (slices.isEmpty() && wanted.map(counts -> !counts.names().isEmpty()).orElse(false)) {
            throw properties.problem("mig-devices", "counts none at all; for MIG without instances it is {}");
        }
        if (!enabled && !slices.isEmpty()) {
            throw properties.problem("mig-devices", "there can be none where mig-enabled is false");
        }
        return new Entry(filter, indices(properties, devices), enabled ? Optional.of(slices) : Optional.empty());
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

    /** In the order of the file. */
    public List<String> labels() {
        return List.copyOf(configurations.keySet());
    }

    /**
     * What a configuration means for one GPU: MIG with these instances, exclusive where it switches MIG off, or nothing
     * where it passes over a card without MIG.
     *
     * @param label may be left out where there is only one
     * @throws GpushareException (status USAGE) when there is no such configuration, or it says nothing clear of this
     *     GPU
     */
    public Optional<SharingMode> mode(Optional<String> label, Card card) {
        String chosen = label.orElseGet(this::onlyLabel);
        List<Entry> entries = configurations.get(chosen);
        if (entries == null) {
            String suggestion = Spelling.suggestion(chosen, labels()).strip();
            throw refused("has no configuration '" + chosen + "'", suggestion.isEmpty() ? itHas() : suggestion);
        }
        List<Entry> meant =
                entries.stream().filter(entry -> means(entry, chosen, card)).toList();
        if (meant.isEmpty()) {
            throw refused(
                    "says nothing of " + words(card) + " in the configuration '" + chosen + "'",
                    unreadable(entries) + "Choose another configuration. " + itHas());
        }
        List<SharingMode> modes = meant.stream()
                .filter(entry -> !entry.passesOver(card))
                .map(Entry::mode)
                .distinct()
                .toList();
        if (modes.size() > 1) {
            throw refused(
                    "says two different things of " + words(card) + " in the configuration '" + chosen + "'",
                    "Each GPU can have one entry only.");
        }
        return modes.stream().findFirst();
    }

    private boolean means(Entry entry, String label, Card card) {
        if (!entry.indices().map(indices -> indices.contains(card.index())).orElse(true)) {
            return false;
        }
        if (entry.filter().isEmpty()) {
            return true;
        }
        return switch (card.pciId()) {
            case Reading.Value<PciId>(PciId id) ->
                entry.filter().stream()
                        .flatMap(text -> PciId.read(text).stream())
                        .anyMatch(id::isA);
            case Reading.Absent<PciId>(Absence absence) ->
                throw refused(
                        "chooses GPUs by their PCI device id in the configuration '" + label + "', and that of GPU "
                                + card.index() + " is unknown: " + absence.reason(),
                        "Choose a configuration without device-filter.");
        };
    }

    /** Files may filter by other words, as names of models; mig-parted finds no card by them, and says nothing. */
    private static String unreadable(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.filter().stream())
                .filter(text -> PciId.read(text).isEmpty())
                .findFirst()
                .map(text ->
                        "'" + text + "' in a device-filter is no PCI device id, as 0x233510DE, and so means no card. ")
                .orElse("");
    }

    private String onlyLabel() {
        if (configurations.size() > 1) {
            throw refused("has several configurations", "Choose one with --config. " + itHas());
        }
        return labels().getFirst();
    }

    private static String words(Card card) {
        return "GPU " + card.index()
                + card.pciId().asOptional().map(id -> " (" + id.text() + ")").orElse("");
    }

    private String itHas() {
        return "It has " + String.join(", ", labels()) + ".";
    }

    private GpushareException refused(String sentence, String advice) {
        return GpushareException.usage(file + " " + sentence, advice);
    }
}
