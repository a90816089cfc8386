package io.gpushare.mode.setup;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads and changes how one GPU is set up. It knows no transaction and no order: whoever changes something has written
 * down before what was there.
 */
public interface GpuControl {
    GpuIdentity gpu();

    /** Of the whole GPU, as a program sees it that has no limits. */
    OptionalInt smCount();

    /** @param daemons of ours that may run: which of them do is part of the answer */
    GpuSetup read(List<MpsDaemon> daemons) throws InterruptedException;

    /** In which sizes it can be divided; none where it cannot. */
    List<MigProfile> profiles();

    /** As {@link Gpu#migDevices()}, newly read, by where they are. */
    List<SeenDevice> devices() throws InterruptedException;

    /** What {@link #perform} would run, each as a person would type it. */
    List<String> commands(Change change) throws InterruptedException;

    default List<String> commands(List<Change> changes) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        for (Change change : changes) {
            lines.addAll(commands(change));
        }
        return lines;
    }

    /**
     * Finds out, without changing anything, whether what is needed for a change is there: programs, and a place that a
     * daemon can work in. What other users of the GPU and the hardware say to it only {@link #perform} tells.
     *
     * @throws io.gpushare.failure.GpushareException (status UNABLE) that says what is missing
     */
    void require(Change change);

    /**
     * Returns when the programs that make the change have ended, and have not refused. Only reading tells whether the
     * change came true.
     *
     * @throws io.gpushare.failure.GpushareException that says what was refused, and what to do: status UNABLE where
     *     permissions, other users of the GPU or the hardware are the reason
     */
    void perform(Change change) throws InterruptedException;

    /**
     * Programs that a killed gpushare had started may still be changing something: waits for their end.
     *
     * @throws io.gpushare.failure.GpushareException when they do not end in this time
     */
    void awaitUnfinishedChanges(Duration limit) throws InterruptedException;

    /** Who answers in this pipe directory. Never waits for long. */
    DaemonState daemon(Path pipeDirectory) throws InterruptedException;

    /** Pipe directories of the MPS daemons on this machine that are not ours, as far as this user may see them. */
    List<Path> daemonsOfOthers() throws InterruptedException;

    /** Words of the server's log about what went wrong, the newest last; empty where there are none. */
    List<String> complaints(MpsDaemon daemon);

    /** A MIG device that is there. */
    record SeenDevice(
            String uuid, InstanceIds ids, int gpuInstanceStart, int computeInstanceStart, OptionalInt smCount) {}

    sealed interface DaemonState {
        record Absent() implements DaemonState {}

        /** @param why it is there and does not answer, or not as a daemon would */
        record Unclear(String why) implements DaemonState {}

        record Running(List<Server> servers) implements DaemonState {
            public Running {
                servers = List.copyOf(servers);
            }
        }
    }

    /**
     * @param userId whom it serves: nobody else's clients, until these have left
     * @param clients process ids, in the host's numbering
     */
    record Server(int pid, Optional<Integer> userId, List<Integer> clients) {
        public Server {
            clients = List.copyOf(clients);
        }
    }
}
