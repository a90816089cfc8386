package io.gpushare.mode.proof;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeEvidence.TenantEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.InstanceIds;
import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the proof of a mode together. What is not shown counts as not so. */
public final class ModeProver {
    private final SharingMode mode;
    private final List<TenantSeat> seats;
    private final ModeEvidence evidence;
    private final Sentences sentences = new Sentences();

    /** Collects what was seen; one sentence against the mode spoils the proof. */
    static final class Sentences {
        private final List<String> proof = new ArrayList<>();
        private final List<String> objections = new ArrayList<>();

        void shown(String sentence) {
            proof.add(sentence);
        }

        /** What says more than anything before it. */
        void shownFirst(String sentence) {
            proof.addFirst(sentence);
        }

        void against(String sentence) {
            objections.add(sentence);
        }

        ModeProof proof() {
            return objections.isEmpty() ? new ModeProof(true, proof) : new ModeProof(false, objections);
        }
    }

    private ModeProver(SharingMode mode, List<TenantSeat> seats, ModeEvidence evidence) {
        this.mode = mode;
        this.seats = seats;
        this.evidence = evidence;
    }

    /**
     * @param reached how the GPU was when the tenants were launched
     * @param atEnd how it was when they had ended
     */
    public static ModeProof prove(
            SharingMode mode,
            GpuSetup reached,
            GpuSetup atEnd,
            List<TenantSeat> seats,
            List<DaemonLook> looks,
            ModeEvidence evidence) {
        ModeProver prover = new ModeProver(mode, seats, evidence);
        prover.setup(reached, atEnd);
        prover.devices();
        boolean mps = seats.stream().anyMatch(seat -> seat.pipeDirectory().isPresent());
        if (mps) {
            new ClientProof(seats, looks, evidence, prover.sentences).judge();
        } else {
            prover.noClients();
        }
        return prover.sentences.proof();
    }

    private void setup(GpuSetup reached, GpuSetup atEnd) {
        List<Change> differences = Changes.between(atEnd, reached);
        differences.forEach(difference -> sentences.against("when the tenants had ended, " + noLongerSo(difference)));
        if (!differences.isEmpty()) {
            return;
        }
        List<String> settings = new ArrayList<>();
        settings.add(atEnd.mig().words());
        atEnd.computeMode()
                .asOptional()
                .ifPresent(found -> settings.add("compute mode " + found.name().toLowerCase(Locale.ROOT)));
        if (mode instanceof SharingMode.TimeSlicing || mode instanceof SharingMode.Exclusive) {
            atEnd.quantum().asOptional().ifPresent(found -> settings.add("time slice " + found.text()));
        }
        sentences.shown("read back before and after: " + String.join("; ", settings));
    }

    /** @param missing what it would take to have it as it was */
    private static String noLongerSo(Change missing) {
        return switch (missing) {
            case Change.SetQuantum(Quantum quantum) -> "the time slice was no longer " + quantum.text();
            case Change.SetComputeMode(ComputeMode found) ->
                "the compute mode was no longer " + found.name().toLowerCase(Locale.ROOT);
            case Change.SwitchMig(boolean on) -> "MIG had been switched " + (on ? "off" : "on");
            case Change.CreateInstances _ -> "MIG instances were gone";
            case Change.RemoveInstances _ -> "there were MIG instances of somebody else";
            case Change.StartDaemon _ -> "the MPS daemon was gone";
            case Change.StopDaemon _ -> "there was another MPS daemon of ours";
        };
    }

    /** A tenant that uses no GPU sees none, and shows nothing. */
    private void devices() {
        boolean divided = mode instanceof SharingMode.Mig;
        int right = 0;
        int listed = 0;
        for (int number = 0; number < evidence.tenants().size(); number++) {
            Optional<String> seen = evidence.tenants().get(number).device();
            Optional<String> given = seats.get(number).placement().device();
            TenantEvidence tenant = evidence.tenants().get(number);
            if (divided && !tenant.speaks() && evidence.onGpu(tenant)) {
                listed += ranOnItsInstance(number, tenant) ? 1 : 0;
                continue;
            }
            if (seen.isEmpty()) {
                if (divided && evidence.onGpu(evidence.tenants().get(number))) {
                    sentences.against("tenant " + number
                            + " did not tell which device it saw, so nothing shows that it was its MIG device");
                }
                continue;
            }
            if (given.isPresent() && sameDevice(seen.get(), given.get())) {
                right++;
            } else {
                sentences.against(
                        "tenant " + number + " saw " + seen.get() + ", and was given " + given.orElse("no GPU"));
            }
        }
        if (right > 0) {
            String sentence = right + " of " + evidence.tenants().size() + " tenants saw the "
                    + (divided ? "MIG device" : "GPU") + " that they were given, by its UUID";
            if (divided) {
                sentences.shownFirst(sentence);
            } else {
                sentences.shown(sentence);
            }
        }
        if (listed > 0) {
            sentences.shownFirst(listed + " of " + evidence.tenants().size()
                    + " tenants ran on the MIG device that they were given, by the driver's list of processes");
        }
        if (divided && right + listed == 0) {
            sentences.against("no tenant told which device it saw, so nothing shows that it was a MIG device");
        }
    }

    /** A program that knows nothing of gpushare does not tell its device: the driver tells where its processes were. */
    private boolean ranOnItsInstance(int number, TenantEvidence tenant) {
        Optional<InstanceIds> given = seats.get(number).instance();
        List<InstanceIds> seen = evidence.gpuProcesses().asOptional().orElse(List.of()).stream()
                .filter(process -> tenant.processes().contains(process.pid()))
                .filter(process -> process.gpuInstance().isPresent()
                        && process.computeInstance().isPresent())
                .map(process -> new InstanceIds(
                        process.gpuInstance().getAsInt(),
                        process.computeInstance().getAsInt()))
                .distinct()
                .toList();
        if (given.isPresent() && seen.equals(List.of(given.get()))) {
            return true;
        }
        sentences.against(
                seen.isEmpty()
                        ? "the driver did not list tenant " + number
                                + " on any MIG device, and its program does not tell what it saw"
                        : "the driver listed tenant " + number + " on another MIG device than it was given");
        return false;
    }

    /** Programs differ in whether they write MIG- or GPU- before the number. */
    private static boolean sameDevice(String one, String other) {
        return number(one).equals(number(other));
    }

    private static String number(String uuid) {
        String text = uuid.toLowerCase(Locale.ROOT);
        return text.startsWith("gpu-") || text.startsWith("mig-") ? text.substring("gpu-".length()) : text;
    }

    /** Tenants that reached an MPS server would not take turns, whatever the plan says. */
    private void noClients() {
        switch (evidence.gpuProcesses()) {
            case Reading.Absent<List<GpuProcess>>(var absence) ->
                sentences.against("which processes were on the GPU is unknown: " + absence.reason());
            case Reading.Value<List<GpuProcess>>(List<GpuProcess> processes) -> {
                List<GpuProcess> clients = processes.stream()
                        .filter(process -> process.kind() == GpuProcess.Kind.MPS_CLIENT)
                        .toList();
                clients.forEach(
                        client -> sentences.against("pid " + client.pid() + tenant(client) + " was an MPS client"));
                if (clients.isEmpty()) {
                    sentences.shown("none of the " + processes.size() + " processes on the GPU was an MPS client");
                }
            }
        }
    }

    private String tenant(GpuProcess process) {
        for (int number = 0; number < evidence.tenants().size(); number++) {
            TenantEvidence tenant = evidence.tenants().get(number);
            if (tenant.processes().contains(process.pid())) {
                return " (tenant " + number + ")";
            }
        }
        return evidence.neighbours().stream()
                .filter(neighbour -> neighbour.processes().contains(process.pid()))
                .findFirst()
                .map(neighbour -> " (tenant " + neighbour.number() + ", which is only watched)")
                .orElse("");
    }
}
