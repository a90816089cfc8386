package io.gpushare.sim.device;

import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.GpuReaders;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.sim.model.MigChoice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets the simulated GPU up, and brings back what was before. */
public final class SimulatedModes implements ModeAdapter {
    private final Machine machine;

    public SimulatedModes(Machine machine) {
        this.machine = machine;
    }

    @Override
    public Placement alone() {
        return Placement.wholeGpu(machine.gpuUuid());
    }

    @Override
    public void require(ModeRequest request) {
        wanted(request);
    }

    private Division wanted(ModeRequest request) {
        return switch (request.mode()) {
            case SharingMode.Exclusive(), SharingMode.TimeSlicing _ -> new Division.TimeSliced();
            case SharingMode.Mps _ -> new Division.Mps();
            case SharingMode.Mig(MigLayout layout, Optional<MpsSettings> _) ->
                new Division.Mig(MigChoice.choose(
                        machine.profile(), layout, request.tenants().size()));
        };
    }

    @Override
    public ActiveMode activate(ModeRequest request, GpuReaders readers) {
        SharingMode mode = request.mode();
        int tenants = request.tenants().size();
        Division wanted = wanted(request);
        if (!machine.holdings().isEmpty()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "The simulated GPU is in use by process "
                            + machine.holdings().getFirst().pid() + ", so its mode cannot change.",
                    "End that tenant first.");
        }
        Division before = machine.division();
        List<String> devices = machine.divide(wanted);
        return new Active(mode, before, placements(wanted, devices, tenants));
    }

    private List<Placement> placements(Division division, List<String> devices, int tenants) {
        if (division instanceof Division.Mig) {
            return devices.stream()
                    .map(device ->
                            new Placement(Optional.of(device), Optional.of(machine.gpuUuid()), Map.of(), List.of()))
                    .toList();
        }
        return Collections.nCopies(tenants, alone());
    }

    private final class Active implements ActiveMode {
        private final SharingMode mode;
        private final Division before;
        private final List<Placement> placements;
        private boolean closed;

        Active(SharingMode mode, Division before, List<Placement> placements) {
            this.mode = mode;
            this.before = before;
            this.placements = placements;
        }

        @Override
        public List<Placement> placements() {
            return placements;
        }

        @Override
        public void look() {}

        @Override
        public ModeProof prove(ModeEvidence evidence) {
            List<String> words = new ArrayList<>();
            boolean devices = seenDevicesAreThoseGiven(evidence, words);
            boolean state = switch (mode) {
                case SharingMode.Exclusive() -> stateIs(new Division.TimeSliced(), "one tenant at a time", words);
                case SharingMode.TimeSlicing _ -> stateIs(new Division.TimeSliced(), "contexts take turns", words);
                case SharingMode.Mps _ ->
                    stateIs(new Division.Mps(), "the MPS server runs", words) && tenantsAreClients(evidence, words);
                case SharingMode.Mig mig -> stateIsMig(words);
            };
            return new ModeProof(devices && state, words);
        }

        private boolean stateIs(Division wanted, String meaning, List<String> words) {
            boolean so = machine.division().equals(wanted);
            words.add(
                    so
                            ? "simulated: " + meaning
                            : "simulated: the GPU was found in another mode: " + machine.division());
            return so;
        }

        private boolean stateIsMig(List<String> words) {
            boolean so = machine.migEnabled();
            words.add("simulated: MIG is " + (so ? "on" : "off"));
            return so;
        }

        /** A tenant without a GPU sees none, and proves nothing. */
        private boolean seenDevicesAreThoseGiven(ModeEvidence evidence, List<String> words) {
            boolean right = true;
            for (int tenant = 0; tenant < evidence.tenants().size(); tenant++) {
                Optional<String> seen = evidence.tenants().get(tenant).device();
                Optional<String> given =
                        tenant < placements.size() ? placements.get(tenant).device() : Optional.empty();
                if (seen.isPresent()) {
                    right &= seen.equals(given);
                    words.add("simulated: tenant " + tenant + " saw " + seen.get());
                }
            }
            return right;
        }

        private boolean tenantsAreClients(ModeEvidence evidence, List<String> words) {
            long onGpu = evidence.tenants().stream()
                    .filter(tenant -> tenant.device().isPresent())
                    .count();
            List<Integer> clients = machine.mpsClients();
            words.add("simulated: client list " + clients);
            return clients.size() >= onGpu;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                machine.divide(before);
            }
        }
    }
}
