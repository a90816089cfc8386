package io.gpushare.cli.mode;

import io.gpushare.cli.option.ModeSettingOptions;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.ModeRequest.TenantNeeds;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.MigPartedFile;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.transaction.ModeTarget;
import io.gpushare.mode.transaction.ModeTransaction;
import io.gpushare.runtime.kubernetes.PluginMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which mode a GPU is to be in, or is said to be in. */
final class ModeChoice {
    private static final int USUAL_TENANTS = 2;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|MODE",
            completionCandidates = ModeSettingOptions.Kinds.class,
            description = "exclusive, time-slicing, mps or mig; a mode of gpu-configs, as mps-4; or a file.")
    private @Nullable String mode;

    @Option(
            names = "--mig-parted",
            paramLabel = "FILE",
            description = "Take MIG instances from a file of NVIDIA's mig-parted.")
    private @Nullable Path migParted;

    @Option(names = "--config", paramLabel = "LABEL", description = "Which configuration of --mig-parted.")
    private @Nullable String label;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            description =
                    "mig: how many get an instance, where the layout does not say. Default: 2 for balanced, as many as"
                            + " fit for one profile.")
    private @Nullable Integer tenants;

    @Mixin
    private ModeSettingOptions settings = new ModeSettingOptions();

    /** As it was typed, of a cluster's node. */
    String named() {
        if (mode == null) {
            throw GpushareException.usage("which mode is not said", "Name one: " + PluginMode.NAMES + ".");
        }
        return mode;
    }

    /** What can be refused without a GPU is refused before one is opened. */
    void check(ModeParts parts) {
        if (mode != null && migParted != null) {
            throw GpushareException.usage("a mode and --mig-parted were given", "Leave out one of them.");
        }
        if (mode == null && migParted == null) {
            throw GpushareException.usage(
                    "which mode is not said",
                    "Name a kind (" + String.join(", ", ModeKind.texts())
                            + "), a mode of gpu-configs, as mps-4, or a file.");
        }
        if (label != null && migParted == null) {
            throw GpushareException.usage(
                    "--config chooses from a file of mig-parted", "Name the file with --mig-parted.");
        }
        if (tenants != null && tenants < 1) {
            throw GpushareException.usage("--tenants must be 1 or more, and is " + tenants, null);
        }
        if (mode != null) {
            settings.overForAll(parts.modes().find(mode));
        }
    }

    /**
     * What the GPU is to be like: as it is, where a file passes over a card without MIG.
     *
     * @param note told why nothing is wanted of it
     */
    ModeTarget target(ModePlace place, ModeTransaction modes, Consumer<String> note) throws InterruptedException {
        GpuSetup now = modes.now();
        Optional<SharingMode> named = named(place, !(now.mig() instanceof MigSetup.Unsupported));
        if (named.isEmpty()) {
            note.accept(place.name() + " has no MIG, and this configuration is not meant for such cards");
            return new ModeTarget(now, List.of());
        }
        return modes.target(
                request(settings.overForAll(named.get()), place), place.cards().daemonFolders());
    }

    /** For the programs of whoever asks, also through sudo. */
    private ModeRequest request(SharingMode wanted, ModePlace place) {
        OptionalInt user = wanted.mpsSettings().isPresent() && !place.cards().simulated()
                ? place.parts().needsRoot().behindSudo()
                : OptionalInt.empty();
        return new ModeRequest(
                wanted, Collections.nCopies(count(wanted, place), new TenantNeeds(MpsSettings.NONE, user)), false);
    }

    private Optional<SharingMode> named(ModePlace place, boolean dividable) {
        if (mode != null) {
            return Optional.of(place.parts().modes().find(mode));
        }
        if (migParted == null) {
            throw new IllegalStateException("check() comes first");
        }
        MigPartedFile.Card card = new MigPartedFile.Card(
                place.identity().index(), place.identity().pciId(), dividable);
        return MigPartedFile.read(migParted).mode(Optional.ofNullable(label), card);
    }

    private int count(SharingMode wanted, ModePlace place) {
        if (!(wanted instanceof SharingMode.Mig(MigLayout layout, Optional<MpsSettings> _))) {
            return 1;
        }
        return switch (layout) {
            case MigLayout.Balanced() -> tenants == null ? USUAL_TENANTS : tenants;
            case MigLayout.None() -> 0;
            case MigLayout.Each(MigSlice slice) ->
                tenants == null ? slice.devices() * most(slice, place.control().profiles()) : tenants;
            case MigLayout.Slices(List<MigSlice> slices) ->
                slices.stream().mapToInt(MigSlice::devices).sum();
        };
    }

    /** One, where the card does not know the profile: the sentence about that comes from whoever looks for it. */
    private static int most(MigSlice slice, List<MigProfile> offer) {
        return offer.stream()
                .filter(profile -> profile.name().equals(slice.profile()))
                .mapToInt(MigProfile::maxInstances)
                .findFirst()
                .orElse(1);
    }
}
