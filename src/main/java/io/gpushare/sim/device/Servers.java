package io.gpushare.sim.device;

import io.gpushare.mode.setup.MpsDaemon;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** The servers that running MPS daemons have started. A daemon starts one for its first client. */
final class Servers {
    private final IntSupplier processes;
    private final Map<MpsDaemon, Integer> pids = new HashMap<>();

    Servers(IntSupplier processes) {
        this.processes = processes;
    }

    /**
     * Whose client a program becomes.
     *
     * @return empty where no daemon answers: a program then goes on without one, and does not say so
     * @throws SeatRefusedException when the daemon there does not serve this device
     */
    static Optional<MpsDaemon> daemon(List<MpsDaemon> running, MpsClient client, Part part)
            throws SeatRefusedException {
        Optional<MpsDaemon> found = running.stream()
                .filter(daemon -> daemon.pipeDirectory().equals(client.pipeDirectory()))
                .findFirst();
        if (found.isPresent() && !found.get().device().equals(part.place())) {
            throw new SeatRefusedException(
                    "cuda",
                    "Error 805: MPS client failed to connect to the MPS control daemon or the MPS server: the daemon"
                            + " in "
                            + client.pipeDirectory() + " serves another device");
        }
        return found;
    }

    void use(MpsDaemon daemon) {
        pids.computeIfAbsent(daemon, first -> processes.getAsInt());
    }

    OptionalInt pid(MpsDaemon daemon) {
        Integer pid = pids.get(daemon);
        return pid == null ? OptionalInt.empty() : OptionalInt.of(pid);
    }

    void endAllBut(List<MpsDaemon> running) {
        pids.keySet().retainAll(running);
    }
}
