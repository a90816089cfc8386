package io.gpushare.cli.sweep;

import io.gpushare.cli.option.FolderNameText;
import io.gpushare.experiment.sweep.ShippedSweeps;
import io.gpushare.experiment.sweep.SweepDraft;
import io.gpushare.experiment.sweep.SweepFolder;
import io.gpushare.experiment.sweep.SweepPlan;
import io.gpushare.experiment.sweep.SweepYaml;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanText;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the plan of a sweep comes from, and what the sweep is called.
 *
 * @param named a sweep that comes with gpushare, or a file; null for one that is made of options alone
 */
record SweepSource(@Nullable String named) {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");

    void readInto(SweepDraft draft) {
        if (named == null) {
            return;
        }
        SweepYaml.read(PlanText.isPath(named) ? file(Path.of(named)) : ShippedSweeps.find(named), draft);
    }

    private static YamlProperties file(Path file) {
        if (!Files.exists(file)) {
            throw GpushareException.usage(
                    "there is no plan " + file, "`gpushare sweep quick --write-plan` prints one.");
        }
        return YamlProperties.read(file);
    }

    /** The folder of the sweep that has recorded this very plan: who gives that again wants to go on with it. */
    Optional<Path> recordedIn() {
        return Optional.ofNullable(named)
                .map(Path::of)
                .filter(file -> file.endsWith(SweepFolder.PLAN))
                .map(file ->
                        Objects.requireNonNullElse(file.getParent(), Path.of("").toAbsolutePath()))
                .filter(SweepFolder::holdsASweep);
    }

    /**
     * A simulated sweep says so in the name of its folder, and never goes on with one that was measured.
     *
     * @param wanted what the user calls it, if so
     */
    String name(@Nullable String wanted, SweepPlan plan, boolean simulated) {
        if (wanted != null) {
            return FolderNameText.checked(wanted, "a sweep");
        }
        if (named == null) {
            return (simulated ? "simulated-sweep-" : "sweep-") + SweepYaml.mark(plan);
        }
        String name = String.valueOf(Path.of(named).getFileName()).replaceFirst("\\.ya?ml$", "");
        String safe = UNSAFE.matcher(name).replaceAll("-");
        return (simulated && !safe.startsWith("simulated-") ? "simulated-" : "") + safe;
    }
}
