package io.gpushare.cli.mode;

import io.gpushare.cli.option.GpuSelection;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.text.Shell;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The one GPU that a command of {@code mode} is about. */
final class ModeGpuOptions {
    private static final String USUAL_SIMULATION = "h200";

    @Option(
            names = "--gpu",
            paramLabel = "INDEX|UUID",
            description = "By index or UUID (its beginning is enough). Default: the only one.")
    private @Nullable String gpu;

    @Option(
            names = "--simulate",
            arity = "0..1",
            fallbackValue = USUAL_SIMULATION,
            paramLabel = "PROFILE",
            description = "A simulated GPU, which stays as it was set up: " + USUAL_SIMULATION
                    + " (the default), h100, a100-80, a100-40, t4.")
    private @Nullable String simulate;

    /** The caller closes it. */
    ModePlace open(ModeParts parts) {
        if (gpu != null && simulate != null) {
            throw GpushareException.usage(
                    "--gpu chooses a GPU of this machine, --simulate one that is not there", "Leave out one of them.");
        }
        ManagedGpus cards =
                simulate == null ? parts.real() : parts.simulations().apply(simulate);
        boolean chosen = false;
        try {
            Gpu one = one(cards.gpus());
            ModePlace place = new ModePlace(
                    parts, cards, cards.find(one.identity().uuid()).orElseThrow());
            chosen = true;
            return place;
        } finally {
            if (!chosen) {
                cards.close();
            }
        }
    }

    private Gpu one(List<Gpu> all) {
        List<Gpu> found = new GpuSelection(gpu == null ? List.of() : List.of(gpu)).from(all);
        if (found.size() > 1) {
            throw GpushareException.usage(
                    "there are several GPUs here: "
                            + found.stream()
                                    .map(Gpu::identity)
                                    .map(ModeGpuOptions::words)
                                    .collect(Collectors.joining(", ")),
                    "Choose one with --gpu.");
        }
        return found.getFirst();
    }

    private static String words(GpuIdentity identity) {
        return identity.index() + " (" + identity.name() + ")";
    }

    /** As on the command line, for commands that are to be typed next; begins with a blank where there is something. */
    String again() {
        return simulate != null ? " --simulate=" + simulate : gpu != null ? " --gpu " + Shell.quoted(gpu) : "";
    }
}
