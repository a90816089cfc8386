package io.gpushare.mode.setup;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.Quantum;
import java.util.List;
import java.util.Locale;

/** One change of how a GPU is set up. */
public sealed interface Change {

    record SetQuantum(Quantum quantum) implements Change {}

    record SetComputeMode(ComputeMode mode) implements Change {}

    record SwitchMig(boolean on) implements Change {}

    /** With their compute instances, at exactly these places. */
    record CreateInstances(List<GpuInstance> instances) implements Change {
        public CreateInstances {
            instances = List.copyOf(instances);
        }
    }

    /** With their compute instances. */
    record RemoveInstances(List<GpuInstance> instances) implements Change {
        public RemoveInstances {
            instances = List.copyOf(instances);
        }
    }

    record StartDaemon(MpsDaemon daemon) implements Change {}

    /** Its clients are given a moment, then it is ended with its servers. */
    record StopDaemon(MpsDaemon daemon) implements Change {}

    /** Anybody may start and end an MPS daemon; the rest is root's. */
    default boolean needsRoot() {
        return switch (this) {
            case SetQuantum _, SetComputeMode _, SwitchMig _, CreateInstances _, RemoveInstances _ -> true;
            case StartDaemon _, StopDaemon _ -> false;
        };
    }

    /** As in "could not WORDS". */
    default String words() {
        return switch (this) {
            case SetQuantum(Quantum quantum) -> "set the time slice to " + quantum.text();
            case SetComputeMode(ComputeMode mode) ->
                "set the compute mode to " + mode.name().toLowerCase(Locale.ROOT);
            case SwitchMig(boolean on) -> "switch MIG " + (on ? "on" : "off");
            case CreateInstances(List<GpuInstance> instances) -> "create the MIG instances " + words(instances);
            case RemoveInstances(List<GpuInstance> instances) -> "remove the MIG instances " + words(instances);
            case StartDaemon(MpsDaemon daemon) -> "start an MPS daemon in " + daemon.folder();
            case StopDaemon(MpsDaemon daemon) -> "end the MPS daemon in " + daemon.folder();
        };
    }

    private static String words(List<GpuInstance> instances) {
        return String.join(", ", instances.stream().map(GpuInstance::words).toList());
    }
}
