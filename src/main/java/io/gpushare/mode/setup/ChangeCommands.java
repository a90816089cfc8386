package io.gpushare.mode.setup;

import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.setup.MpsDaemon.Device;
import io.gpushare.text.Shell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A change as a person would type it: one command a line.
 *
 * @param numbers what is called by the driver's own number, which lines name; before it was created it has none, and
 *     the line says in angle brackets what is to be put there
 */
public record ChangeCommands(GpuIdentity gpu, Numbers numbers) {
    private static final String CONTROL = "nvidia-cuda-mps-control";

    /** How long clients may go on before the daemon ends them. */
    private static final int GRACE_SECONDS = 5;

    public interface Numbers {
        Optional<Integer> gpuInstance(GpuInstance instance);

        Optional<String> uuid(Device.Instance device);
    }

    public List<String> of(Change change) {
        return switch (change) {
            case Change.SetQuantum(var quantum) ->
                List.of("sudo nvidia-smi compute-policy -i " + gpu.index() + " --set-timeslice " + quantum.number());
            case Change.SetComputeMode(var mode) -> List.of("sudo nvidia-smi -i " + gpu.index() + " -c " + mode.name());
            case Change.SwitchMig(boolean on) -> List.of("sudo nvidia-smi -i " + gpu.index() + " -mig " + (on ? 1 : 0));
            case Change.CreateInstances(List<GpuInstance> instances) -> create(instances);
            case Change.RemoveInstances(List<GpuInstance> instances) -> remove(instances);
            case Change.StartDaemon(MpsDaemon daemon) -> start(daemon);
            case Change.StopDaemon(MpsDaemon daemon) -> List.of(control(daemon, "quit -t " + GRACE_SECONDS));
        };
    }

    private List<String> create(List<GpuInstance> instances) {
        List<String> lines = new ArrayList<>();
        // Where small instances lie as the driver likes, large ones may find no room: they come first.
        List<GpuInstance> sorted = instances.stream()
                .sorted(Comparator.comparing(Piece::of, Piece.LARGEST_FIRST))
                .toList();
        List<GpuInstance> whole =
                sorted.stream().filter(ChangeCommands::isWhole).toList();
        List<GpuInstance> others =
                sorted.stream().filter(instance -> !isWhole(instance)).toList();
        // Every place is named, so that these lines may come in any order.
        if (!whole.isEmpty()) {
            lines.add(mig() + " -cgi " + places(whole) + " -C");
        }
        if (!others.isEmpty()) {
            lines.add(mig() + " -cgi " + places(others));
        }
        for (GpuInstance instance : others) {
            if (!instance.computeInstances().isEmpty()) {
                Piece piece = Piece.of(instance);
                List<Integer> largestFirst =
                        piece.cuts().stream().sorted(Comparator.reverseOrder()).toList();
                lines.add(mig() + " -gi " + number(instance) + " -cci " + piece.computeProfiles(largestFirst));
            }
        }
        return lines;
    }

    private List<String> remove(List<GpuInstance> instances) {
        List<String> lines = new ArrayList<>();
        List<GpuInstance> used = instances.stream()
                .filter(instance -> !instance.computeInstances().isEmpty())
                .toList();
        if (!used.isEmpty()) {
            lines.add(mig() + " -gi " + numbers(used) + " -dci");
        }
        lines.add(mig() + " -gi " + numbers(instances) + " -dgi");
        return lines;
    }

    private List<String> start(MpsDaemon daemon) {
        String folders = Shell.quoted(daemon.pipeDirectory()) + " " + Shell.quoted(daemon.logDirectory());
        List<String> lines = new ArrayList<>();
        lines.add("mkdir -p -m 700 " + Shell.quoted(daemon.folder()) + " " + folders);
        daemon.userId()
                .ifPresent(
                        user -> lines.add("sudo chown " + user + " " + Shell.quoted(daemon.folder()) + " " + folders));
        lines.add("CUDA_VISIBLE_DEVICES=" + device(daemon.device()) + " CUDA_MPS_PIPE_DIRECTORY="
                + Shell.quoted(daemon.pipeDirectory()) + " CUDA_MPS_LOG_DIRECTORY="
                + Shell.quoted(daemon.logDirectory()) + " "
                + CONTROL + " -d");
        defaults(daemon.defaults()).forEach(command -> lines.add(control(daemon, command)));
        return lines;
    }

    /** What the control daemon is told of the clients that bring no settings of their own. */
    public static List<String> defaults(MpsSettings settings) {
        List<String> commands = new ArrayList<>();
        settings.threadPercentage()
                .ifPresent(percentage -> commands.add("set_default_active_thread_percentage " + percentage));
        settings.memoryLimitBytes()
                .ifPresent(bytes -> commands.add("set_default_device_pinned_mem_limit 0 " + (bytes >> 20) + "M"));
        settings.priority().ifPresent(priority -> commands.add("set_default_client_priority " + priority.number()));
        return commands;
    }

    private static String control(MpsDaemon daemon, String command) {
        return "echo " + command + " | CUDA_MPS_PIPE_DIRECTORY=" + Shell.quoted(daemon.pipeDirectory()) + " " + CONTROL;
    }

    private String mig() {
        return "sudo nvidia-smi mig -i " + gpu.index();
    }

    private static boolean isWhole(GpuInstance instance) {
        return Piece.of(instance).whole();
    }

    private static String places(List<GpuInstance> instances) {
        return instances.stream().map(instance -> Piece.of(instance).words()).collect(Collectors.joining(","));
    }

    private String numbers(List<GpuInstance> instances) {
        return instances.stream().map(this::number).collect(Collectors.joining(","));
    }

    private String number(GpuInstance instance) {
        return numbers.gpuInstance(instance)
                .map(String::valueOf)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "<number of %s at %d>",
                        instance.profile(),
                        instance.placement().start()));
    }

    private String device(Device device) {
        return switch (device) {
            case Device.WholeGpu() -> gpu.uuid();
            case Device.Instance instance ->
                numbers.uuid(instance)
                        .orElseGet(() -> String.format(
                                Locale.ROOT,
                                "<UUID of the MIG device at %d, compute instance at %d>",
                                instance.gpuInstanceStart(),
                                instance.computeInstanceStart()));
        };
    }
}
