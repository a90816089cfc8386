package io.gpushare.mode.config;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what {@link ModeJson} puts, from a file: its kind as a word, or a set of properties. */
public final class ModeYaml {
    private ModeYaml() {}

    /** Relative paths in it start at the file's own folder. */
    public static SharingMode read(YamlProperties parent, String name) {
        if (!parent.holdsProperties(name)) {
            return parent.parsed(name, ModeText::plain);
        }
        YamlProperties properties = parent.properties(name);
        SharingMode plain = properties.parsed("kind", ModeText::plain);
        refuseThoseOfOthers(properties, plain.kind());
        SharingMode mode = switch (plain) {
            case SharingMode.Exclusive exclusive -> exclusive;
            case SharingMode.TimeSlicing _ ->
                new SharingMode.TimeSlicing(properties.optionalParsed("quantum", ModeText::quantum));
            case SharingMode.Mps _ ->
                new SharingMode.Mps(
                        settings(properties),
                        daemon(properties),
                        properties.optionalTruth("exclusive_process").orElse(false));
            case SharingMode.Mig _ -> new SharingMode.Mig(layout(properties), optionalSettings(properties, "mps"));
        };
        properties.refuseOthers();
        return mode;
    }

    /** Of a tenant, or of the instances of a divided GPU. */
    public static Optional<MpsSettings> optionalSettings(YamlProperties parent, String name) {
        Optional<YamlProperties> properties = parent.optionalProperties(name);
        Optional<MpsSettings> settings = properties.map(ModeYaml::settings);
        properties.ifPresent(YamlProperties::refuseOthers);
        return settings;
    }

    private static MpsSettings settings(YamlProperties properties) {
        MpsSettings percentage = properties
                .optionalParsed("thread_percentage", ModeText::threadPercentage)
                .orElse(MpsSettings.NONE);
        MpsSettings memory =
                properties.optionalParsed("memory_limit", ModeText::memoryLimit).orElse(MpsSettings.NONE);
        MpsSettings priority =
                properties.optionalParsed("priority", ModeText::priority).orElse(MpsSettings.NONE);
        return percentage.over(memory).over(priority);
    }

    private static MpsDaemonChoice daemon(YamlProperties properties) {
        Optional<String> text = properties.optionalText("daemon");
        if (text.isEmpty()) {
            return new MpsDaemonChoice.Own();
        }
        Path folder = properties.file().toAbsolutePath().resolveSibling(text.get());
        return new MpsDaemonChoice.Existing(folder.normalize());
    }

    private static MigLayout layout(YamlProperties properties) {
        Optional<List<String>> profiles = properties.optionalTexts("profiles");
        if (profiles.isEmpty()) {
            return new MigLayout.Balanced();
        }
        try {
            return MigLayoutText.parse(profiles.get());
        } catch (IllegalArgumentException refused) {
            throw properties.problem("profiles", String.valueOf(refused.getMessage()));
        }
    }

    private static List<String> propertiesOf(ModeKind kind) {
        return switch (kind) {
            case EXCLUSIVE -> List.of();
            case TIME_SLICING -> List.of("quantum");
            case MPS -> List.of("thread_percentage", "memory_limit", "priority", "exclusive_process", "daemon");
            case MIG -> List.of("profiles", "mps");
        };
    }

    /** Where a property means something in another mode, that is the better answer than that nobody knows it. */
    private static void refuseThoseOfOthers(YamlProperties properties, ModeKind kind) {
        for (String name : properties.names()) {
            if (propertiesOf(kind).contains(name)) {
                continue;
            }
            Arrays.stream(ModeKind.values())
                    .filter(other -> propertiesOf(other).contains(name))
                    .findFirst()
                    .ifPresent(other -> {
                        throw properties.problem(name, "belongs to the mode " + other + ", not to " + kind);
                    });
        }
    }
}
