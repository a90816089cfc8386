package io.gpushare.report.chart;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.report.Report;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.study.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the pictures of a report. */
public final class Charts {
    private static final String MODES = "mode_comparison";
    private static final String TIMELINE = "utilization_timeline";
    private static final String LATENCY = "latency_distribution";
    private static final String SCALING = "scaling";
    private static final String INTERFERENCE = "interference";
    private static final String PARETO = "pareto";
    private static final String SLICES = "mig_slices";
    private static final List<String> NAMES = List.of(MODES, TIMELINE, LATENCY, SCALING, INTERFERENCE, PARETO, SLICES);
    private static final String ENDING = ".png";

    private Charts() {}

    /**
     * A file for each picture that there is something to draw for. With several sections the first measured one has the
     * plain names, and those of the others end in what they are about: {@code scaling-simulated-h200.png}.
     *
     * @param folder made if it is not there
     * @return what was written
     * @throws GpushareException when a file cannot be written
     */
    public static List<Path> write(Report report, Path folder) {
        Fonts.load();
        List<Path> written = new ArrayList<>();
        Map<String, Picture> pictures = draw(report);
        pictures.forEach((name, picture) -> {
            Path file = folder.resolve(name);
            try {
                Files.createDirectories(folder);
                AtomicFile.write(file, picture::writeTo);
            } catch (IOException failure) {
                throw refused(file, failure);
            }
            written.add(file);
        });
        // What an earlier analysis drew there would pass for a part of this one.
        for (String name : NAMES) {
            Path file = folder.resolve(name + ENDING);
            try {
                if (!pictures.containsKey(name + ENDING)) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException failure) {
                throw refused(file, failure);
            }
        }
        return written;
    }

    private static GpushareException refused(Path file, IOException failure) {
        return GpushareException.failed(
                "picture " + file + " could not be written: " + WriteFailure.reason(failure),
                "Make room or name another folder, or leave the pictures out with --no-plots.",
                failure);
    }

    /** By the name of the file. */
    static Map<String, Picture> draw(Report report) {
        Map<String, Picture> pictures = new LinkedHashMap<>();
        List<Section> sections = report.study().sections();
        List<String> suffixes = suffixes(sections);
        for (int i = 0; i < sections.size(); i++) {
            int index = i;
            Section section = sections.get(i);
            ArmStyles looks = new ArmStyles(section);
            List<ShownRun> shown = report.shown().stream()
                    .filter(run -> run.section() == index)
                    .toList();
            Map<String, Optional<Picture>> drawn = new LinkedHashMap<>();
            drawn.put(MODES, ModeComparison.of(section, looks));
            drawn.put(TIMELINE, Timelines.of(section, shown, looks));
            drawn.put(
                    LATENCY,
                    LatencyDistribution.of(section, report.study().options().slos(), looks));
            drawn.put(SCALING, Scaling.of(section, looks));
            drawn.put(INTERFERENCE, InterferenceMap.of(section, looks));
            drawn.put(PARETO, ParetoFront.of(section, report.study().options(), looks));
            drawn.put(SLICES, Slices.of(section));
            drawn.forEach((name, picture) -> picture.ifPresent(paper -> {
                if (section.simulated()) {
                    paper.markSimulated();
                }
                pictures.put(name + suffixes.get(index) + ENDING, paper);
            }));
        }
        return pictures;
    }

    /** Unique, and empty for the main section. */
    private static List<String> suffixes(List<Section> sections) {
        Optional<Section> measured = sections.stream()
                .filter(section -> !section.simulated() && section.hasGpu())
                .findFirst();
        int main = measured.map(sections::indexOf).orElse(0);
        List<String> suffixes = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            String wanted = i == main ? "" : "-" + slug(sections.get(i).title());
            String suffix = wanted;
            for (int n = 2; suffixes.contains(suffix); n++) {
                suffix = wanted + "-" + n;
            }
            suffixes.add(suffix);
        }
        return suffixes;
    }

    private static String slug(String title) {
        String words = title.toLowerCase(Locale.ROOT)
                .replace("nvidia", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return words.isEmpty() ? "other" : words.substring(0, Math.min(60, words.length()));
    }
}
