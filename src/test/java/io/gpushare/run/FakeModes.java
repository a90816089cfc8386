package io.gpushare.run;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SomeModes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Modes that change nothing: they do what the test says, and remember in which order they were asked. */
final class FakeModes implements ModeAdapter {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<ModeRequest> requests = new ArrayList<>();
    final AtomicInteger looks = new AtomicInteger();
    final AtomicInteger looksAtOnce = new AtomicInteger();
    final AtomicInteger mostLooksAtOnce = new AtomicInteger();

    @Nullable
    RuntimeException refusal;

    @Nullable
    RuntimeException restorationFails;

    @Nullable
    RuntimeException proofFails;

    Step whileActivating = readers -> {};
    Step whileRestoring = readers -> {};
    Look look = () -> {};
    volatile Set<Integer> ownProcesses = Set.of();
    String device = "GPU-00000000-0000-0000-0000-000000000000";

    interface Step {
        void run(DriverPause readers) throws InterruptedException;
    }

    interface Look {
        void run() throws InterruptedException;
    }

    @Override
    public Placement alone() {
        return SomeModes.wholeGpu(device);
    }

    @Override
    public void require(ModeRequest request) {
        calls.add("require");
        requests.add(request);
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public ActiveMode activate(ModeRequest request, DriverPause readers) throws InterruptedException {
        calls.add("activate");
        requests.add(request);
        whileActivating.run(readers);
        return new Active(request.tenants().size(), readers);
    }

    private final class Active implements ActiveMode {
        private final int tenants;
        private final DriverPause readers;

        Active(int tenants, DriverPause readers) {
            this.tenants = tenants;
            this.readers = readers;
        }

        @Override
        public List<Placement> placements() {
            return Collections.nCopies(
                    tenants, new Placement(Optional.of(device), alone().gpu(), alone().environment(), List.of()));
        }

        @Override
        public void look() throws InterruptedException {
            looks.incrementAndGet();
            mostLooksAtOnce.accumulateAndGet(looksAtOnce.incrementAndGet(), Math::max);
            try {
                look.run();
            } finally {
                looksAtOnce.decrementAndGet();
            }
        }

        @Override
        public Set<Integer> ownProcesses() {
            return ownProcesses;
        }

        @Override
        public ModeProof prove(ModeEvidence evidence) {
            calls.add("prove");
            if (proofFails != null) {
                throw proofFails;
            }
            return new ModeProof(true, List.of("it is said so"));
        }

        @Override
        public void close() {
            calls.add("close");
            try {
                whileRestoring.run(readers);
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
            if (restorationFails != null) {
                throw restorationFails;
            }
        }
    }
}
