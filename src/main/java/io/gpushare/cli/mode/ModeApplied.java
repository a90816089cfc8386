package io.gpushare.cli.mode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.GpuSetupJson;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.mode.transaction.ModeTarget;
import io.gpushare.text.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code mode apply} has done, how it is used, and how it is undone.
 *
 * @param changes none where all was so already
 * @param undo the command, empty where nothing lasting is remembered
 */
record ModeApplied(
        String gpu,
        GpuSetup setup,
        List<Change> changes,
        List<UsableDevice> devices,
        Optional<Path> pipeDirectory,
        Optional<String> undo) {
    ModeApplied {
        changes = List.copyOf(changes);
        devices = List.copyOf(devices);
    }

    /**
     * A MIG device.
     *
     * @param pipeDirectory of the daemon that works on it
     */
    record UsableDevice(String words, SeenDevice seen, Optional<Path> pipeDirectory) {}

    static ModeApplied of(ModePlace place, ModeTarget target, GpuSetup reached, List<Change> changes, String gpuOption)
            throws InterruptedException {
        List<UsableDevice> devices = new ArrayList<>();
        if (reached.mig().on()) {
            for (SeenDevice seen : place.control().devices()) {
                devices.add(device(seen, reached));
            }
        }
        Optional<Path> pipe = devices.isEmpty()
                ? target.seats().stream()
                        .flatMap(seat -> seat.pipeDirectory().stream())
                        .findFirst()
                : Optional.empty();
        Optional<String> undo = place.own(JournalEntry.Lifetime.LASTING).map(entry -> place.undo(entry, gpuOption));
        return new ModeApplied(place.name(), reached, changes, devices, pipe, undo);
    }

    private static UsableDevice device(SeenDevice seen, GpuSetup setup) {
        String words = setup.mig().instances().stream()
                .filter(instance -> instance.placement().start() == seen.gpuInstanceStart())
                .findFirst()
                .map(instance -> words(instance, seen))
                .orElse("MIG device");
        Optional<Path> pipe = setup.daemons().stream()
                .filter(daemon -> daemon.device()
                        .equals(new MpsDaemon.Device.Instance(seen.gpuInstanceStart(), seen.computeInstanceStart())))
                .map(MpsDaemon::pipeDirectory)
                .findFirst();
        return new UsableDevice(words, seen, pipe);
    }

    private static String words(GpuInstance instance, SeenDevice seen) {
        return instance.computeInstances().stream()
                .filter(part -> part.start() == seen.computeInstanceStart())
                .map(part -> part.slices() == GpuInstance.slices(instance.profile())
                        ? instance.profile()
                        : part.slices() + "c." + instance.profile())
                .findFirst()
                .orElse(instance.profile());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (changes.isEmpty()) {
            lines.add(gpu + " is in this mode already: nothing was changed.");
        } else {
            lines.add(gpu + " is set up:");
            changes.forEach(change -> lines.add("  " + done(change)));
        }
        pipeDirectory.ifPresent(pipe -> {
            lines.add("Programs use it after:");
            lines.add("  export CUDA_MPS_PIPE_DIRECTORY=" + Shell.quoted(pipe));
        });
        if (!devices.isEmpty()) {
            lines.add("Programs use one of these each:");
            devices.forEach(device -> lines.add("  " + line(device)));
        }
        undo.ifPresent(command -> {
            lines.add("What was before comes back with:");
            lines.add("  " + command);
        });
        return lines;
    }

    private static String line(UsableDevice device) {
        String pipe = device.pipeDirectory()
                .map(path -> " CUDA_MPS_PIPE_DIRECTORY=" + Shell.quoted(path))
                .orElse("");
        String count = device.seen().smCount().stream()
                .mapToObj(sms -> ", " + sms + " SMs")
                .collect(Collectors.joining());
        return "export CUDA_VISIBLE_DEVICES=" + device.seen().uuid() + pipe + "  # " + device.words() + count;
    }

    private static String done(Change change) {
        return switch (change) {
            case Change.SetQuantum(var quantum) -> "time slice set to " + quantum.text();
            case Change.SetComputeMode(var mode) -> "compute mode set to " + ModeWords.of(mode);
            case Change.SwitchMig(boolean on) -> "MIG switched " + (on ? "on" : "off");
            case Change.CreateInstances(List<GpuInstance> instances) ->
                "MIG instances created: " + ModeWords.of(instances);
            case Change.RemoveInstances(List<GpuInstance> instances) ->
                "MIG instances removed: " + ModeWords.of(instances);
            case Change.StartDaemon(MpsDaemon daemon) ->
                "MPS daemon started " + ModeWords.where(daemon) + ", in " + daemon.folder();
            case Change.StopDaemon(MpsDaemon daemon) -> "MPS daemon ended that worked in " + daemon.folder();
        };
    }

    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("gpu", gpu).put("changed", !changes.isEmpty());
        ArrayNode made = node.putArray("changes");
        changes.forEach(change -> made.add(done(change)));
        pipeDirectory.ifPresent(pipe -> node.put("mps_pipe_directory", pipe.toString()));
        ArrayNode list = node.putArray("mig_devices");
        devices.forEach(device -> {
            ObjectNode one = list.addObject()
                    .put("name", device.words())
                    .put("uuid", device.seen().uuid());
            device.pipeDirectory().ifPresent(pipe -> one.put("mps_pipe_directory", pipe.toString()));
        });
        undo.ifPresent(command -> node.put("undo", command));
        node.set("setup", GpuSetupJson.of(setup));
        return node;
    }
}
