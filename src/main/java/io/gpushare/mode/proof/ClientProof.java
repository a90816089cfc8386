package io.gpushare.mode.proof;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import io.gpushare.text.Sizes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Were the tenants clients of their MPS daemons, all the time, and within their limits? */
record ClientProof(
        List<TenantSeat> seats, List<DaemonLook> looks, ModeEvidence evidence, ModeProver.Sentences sentences) {
    private static final int WHOLE = 100;

    void judge() {
        if (looks.isEmpty()) {
            sentences.against("the list of MPS clients was never read: the measured time was too short");
            return;
        }
        seats.stream().flatMap(seat -> seat.pipeDirectory().stream()).distinct().forEach(this::daemonAnswered);
        int users = 0;
        for (int number = 0; number < evidence.tenants().size(); number++) {
            TenantEvidence tenant = evidence.tenants().get(number);
            if (evidence.onGpu(tenant)) {
                users++;
                client(number, seats.get(number).pipeDirectory().orElseThrow(), tenant.processes(), tenant.failed());
                threads(number, tenant);
                memory(number, tenant);
                priority(number);
            }
        }
        evidence.neighbours().forEach(this::neighbour);
        if (users == 0) {
            sentences.against("no tenant used the GPU, so nothing shows that it was shared through MPS");
        } else {
            // Said only if nothing speaks against it: then each of them was.
            boolean someFailed = evidence.tenants().stream().anyMatch(TenantEvidence::failed);
            sentences.shownFirst(users + " of " + evidence.tenants().size() + " tenants were MPS clients, each of "
                    + looks.size() + " times" + (someFailed ? ", as long as they ran" : ""));
        }
    }

    private void daemonAnswered(Path pipeDirectory) {
        for (DaemonLook look : looks) {
            switch (state(look, pipeDirectory)) {
                case DaemonState.Running _ -> {}
                case DaemonState.Absent() -> {
                    sentences.against(String.format(
                            Locale.ROOT, "the MPS daemon was gone %.1f s after the first look at it", look.elapsedS()));
                    return;
                }
                case DaemonState.Unclear(String why) -> {
                    sentences.against(String.format(
                            Locale.ROOT,
                            "the MPS daemon did not answer %.1f s after the first look at it: %s",
                            look.elapsedS(),
                            why));
                    return;
                }
            }
        }
    }

    private static DaemonState state(DaemonLook look, Path pipeDirectory) {
        return Optional.ofNullable(look.daemons().get(pipeDirectory))
                .orElseGet(() -> new DaemonState.Unclear("nobody asked it"));
    }

    private void client(int number, Path pipeDirectory, Set<Integer> processes, boolean failed) {
        int found = 0;
        boolean missing = false;
        boolean foundAgain = false;
        Set<Integer> pids = new TreeSet<>();
        for (DaemonLook look : looks) {
            List<Integer> own = clients(state(look, pipeDirectory)).stream()
                    .filter(processes::contains)
                    .toList();
            pids.addAll(own);
            found += own.isEmpty() ? 0 : 1;
            missing |= own.isEmpty();
            foundAgain |= missing && !own.isEmpty();
        }
        if (found == looks.size()) {
            sentences.shown("tenant " + number + " (" + pids(pids) + ") was in the list of MPS clients each of "
                    + looks.size() + " times");
        } else if (found > 0 && failed && !foundAgain) {
            sentences.shown("tenant " + number + " (" + pids(pids) + ") was in the first " + found + " of "
                    + looks.size() + " lists of MPS clients, until it ended");
        } else if (found == 0) {
            sentences.against("tenant " + number + " (" + pids(processes) + ") ran without MPS: it was in none of "
                    + looks.size() + " lists of its clients");
        } else {
            sentences.against("tenant " + number + " (" + pids(pids) + ") was in only " + found + " of " + looks.size()
                    + " lists of MPS clients");
        }
        plainProcesses(processes)
                .forEach(pid -> sentences.against(
                        "the driver lists pid " + pid + " of tenant " + number + " as a process without MPS"));
    }

    /** Somebody else's program has to be a client of the same daemon; nobody put it there. */
    private void neighbour(ModeEvidence.Neighbour neighbour) {
        if (!evidence.listed(neighbour.processes())) {
            sentences.shown("tenant " + neighbour.number()
                    + ", which was only watched, used no GPU, as far as the driver tells");
            return;
        }
        seats.stream()
                .flatMap(seat -> seat.pipeDirectory().stream())
                .findFirst()
                .ifPresent(pipe -> client(neighbour.number(), pipe, neighbour.processes(), false));
    }

    private static List<Integer> clients(DaemonState state) {
        return switch (state) {
            case DaemonState.Running(List<Server> servers) ->
                servers.stream().flatMap(server -> server.clients().stream()).toList();
            case DaemonState.Absent(), DaemonState.Unclear _ -> List.of();
        };
    }

    private List<Integer> plainProcesses(Set<Integer> own) {
        return switch (evidence.gpuProcesses()) {
            case Reading.Absent<List<GpuProcess>> _ -> List.of();
            case Reading.Value<List<GpuProcess>>(List<GpuProcess> processes) ->
                processes.stream()
                        .filter(process -> process.kind() == GpuProcess.Kind.COMPUTE && own.contains(process.pid()))
                        .map(GpuProcess::pid)
                        .toList();
        };
    }

    /** CUDA gives whole pairs of SMs, and shows a client only its own. */
    private void threads(int number, TenantEvidence tenant) {
        TenantSeat seat = seats.get(number);
        OptionalInt percentage = seat.settings().threadPercentage();
        if (seat.smCount().isEmpty()) {
            return;
        }
        int all = seat.smCount().getAsInt();
        if (percentage.isEmpty() || percentage.getAsInt() == WHOLE) {
            unlimited(number, tenant, all);
            return;
        }
        if (!tenant.speaks()) {
            sentences.shown(given(number, percentage.getAsInt() + " % of the threads"));
            return;
        }
        int most = Math.max(2, all * percentage.getAsInt() / WHOLE / 2 * 2);
        if (tenant.smCount().isEmpty()) {
            sentences.against("tenant " + number + " did not tell how many SMs it saw, so nothing shows that it was"
                    + " limited to " + percentage.getAsInt() + " % of the threads");
        } else if (tenant.smCount().getAsInt() > most) {
            sentences.against("tenant " + number + " saw " + tenant.smCount().getAsInt() + " of " + all
                    + " SMs: the limit of " + percentage.getAsInt() + " % of the threads was not in force");
        } else {
            sentences.shown("tenant " + number + " saw " + tenant.smCount().getAsInt() + " of " + all + " SMs under "
                    + percentage.getAsInt() + " % of the threads");
        }
    }

    /**
     * One entry that CUDA does not understand drops the limits of all devices, without a word. A client under a limit
     * sees no more free memory than it may have.
     */
    private void memory(int number, TenantEvidence tenant) {
        OptionalLong limit = seats.get(number).settings().memoryLimitBytes();
        if (limit.isEmpty()) {
            return;
        }
        String words = Sizes.text(limit.getAsLong());
        if (!tenant.speaks()) {
            sentences.shown(given(number, words + " of memory"));
        } else if (tenant.freeBytes().isEmpty()) {
            sentences.against("tenant " + number + " did not tell how much memory it saw free, so nothing shows that it"
                    + " was limited to " + words);
        } else if (tenant.freeBytes().getAsLong() > limit.getAsLong()) {
            sentences.against("tenant " + number + " saw "
                    + Amount.bytes(tenant.freeBytes().getAsLong()) + " free: its memory limit of " + words
                    + " was not in force");
        } else {
            sentences.shown("tenant " + number + " saw "
                    + Amount.bytes(tenant.freeBytes().getAsLong()) + " free under a memory limit of " + words);
        }
    }

    private static String given(int number, String limit) {
        return "tenant " + number + " was given " + limit + "; its program knows nothing of gpushare and does not tell"
                + " what it sees";
    }

    /** No program can read it back. */
    private void priority(int number) {
        seats.get(number)
                .settings()
                .priority()
                .ifPresent(priority -> sentences.shown("tenant " + number + " was given " + priority.text()
                        + " priority; CUDA does not tell whether that has an effect"));
    }

    /** A daemon that is there already, or the environment, may have a limit of which the plan says nothing. */
    private void unlimited(int number, TenantEvidence tenant, int all) {
        if (tenant.smCount().isPresent() && tenant.smCount().getAsInt() < all) {
            sentences.against(
                    "tenant " + number + " saw only " + tenant.smCount().getAsInt() + " of " + all
                            + " SMs, and no limit was set for it: its daemon has one, which --thread-percentage would"
                            + " name");
        }
    }

    private static String pids(Set<Integer> pids) {
        return pids.isEmpty()
                ? "no pid known"
                : "pid " + pids.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
