package io.gpushare.cli.mode;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeFile;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "export",
        header = "Print how a GPU is set up now, as a mode file.",
        footer = {"", "Examples:", "  gpushare mode export > my.yaml", "  gpushare mode assert my.yaml"})
final class ModeExportCommand implements Callable<Integer> {
    @Mixin
    private ModeGpuOptions gpuOptions = new ModeGpuOptions();

    private final Console console;
    private final ModeParts parts;

    ModeExportCommand(Console console, ModeParts parts) {
        this.console = console;
        this.parts = parts;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ModePlace place = gpuOptions.open(parts)) {
            ModeExported exported =
                    ModeExported.of(place.transaction("gpushare mode export").now(), place.name());
            exported.omissions().forEach(omission -> console.tell(Style.ATTENTION, "note:", omission));
            console.out().print(ModeFile.write("As found on " + place.identity().name() + ".", exported.mode()));
            return ExitStatus.DONE.code();
        }
    }

    /**
     * The mode in which a GPU is.
     *
     * @param omissions sentences about what a mode cannot say
     */
    private record ModeExported(SharingMode mode, List<String> omissions) {
        ModeExported {
            omissions = List.copyOf(omissions);
        }

        /** @throws GpushareException where a file would mean something else */
        static ModeExported of(GpuSetup setup, String gpu) {
            List<String> omissions = new ArrayList<>();
            return new ModeExported(setup.mig().on() ? mig(setup, gpu, omissions) : whole(setup, omissions), omissions);
        }

        private static SharingMode whole(GpuSetup setup, List<String> omissions) {
            Optional<ComputeMode> computeMode =
                    setup.computeMode().asOptional().filter(mode -> mode != ComputeMode.DEFAULT);
            boolean exclusiveProcess =
                    computeMode.filter(ComputeMode.EXCLUSIVE_PROCESS::equals).isPresent();
            Optional<SharingMode> mps = setup.daemons().stream()
                    .findFirst()
                    .map(daemon -> new SharingMode.Mps(daemon.defaults(), new MpsDaemonChoice.Own(), exclusiveProcess));
            if (mps.isEmpty() || !exclusiveProcess) {
                computeMode.ifPresent(mode -> omissions.add("the compute mode is " + ModeWords.of(mode)
                        + ", which no mode without MPS has: not in the file"));
            }
            return mps.orElseGet(
                    () -> new SharingMode.TimeSlicing(setup.quantum().asOptional()));
        }

        /** Tenants get the largest first. */
        private static SharingMode mig(GpuSetup setup, String gpu, List<String> omissions) {
            if (setup.mig().instances().isEmpty()) {
                return SharingMode.mig(new MigLayout.None());
            }
            List<MigSlice> slices = new ArrayList<>();
            setup.mig().instances().stream()
                    .sorted(Comparator.comparingInt((GpuInstance instance) -> -GpuInstance.slices(instance.profile()))
                            .thenComparingInt(instance -> instance.placement().start()))
                    .forEach(instance -> {
                        if (instance.computeInstances().isEmpty()) {
                            omissions.add(instance.words() + ": not in the file");
                        } else {
                            slices.add(slice(instance));
                        }
                    });
            if (slices.isEmpty()) {
                throw GpushareException.failed(
                        gpu + " is in MIG mode, and nothing that programs could use was created: no mode is like that",
                        "gpushare mode show shows it all.");
            }
            List<MpsSettings> inside =
                    setup.daemons().stream().map(MpsDaemon::defaults).distinct().toList();
            if (inside.size() > 1) {
                omissions.add(
                        "the MPS daemons of its instances differ: the file has the settings of the first for all");
            }
            return new SharingMode.Mig(
                    new MigLayout.Slices(slices), inside.stream().findFirst());
        }

        private static MigSlice slice(GpuInstance instance) {
            List<Integer> sizes = instance.computeInstances().stream()
                    .map(ComputeInstance::slices)
                    .toList();
            return sizes.equals(List.of(GpuInstance.slices(instance.profile())))
                    ? MigSlice.whole(instance.profile())
                    : new MigSlice(instance.profile(), sizes);
        }
    }
}
