package io.gpushare.runtime.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.event.StepListener;
import io.gpushare.sim.model.MisbehaviourModel;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a simulated tenant of the workload {@code misbehave} is told to do.
 *
 * @param after of the measured time, in nanoseconds, it begins
 */
record Misbehaviour(MisbehaviourModel model, Optional<StepModel> steps, long after, long lasts) {
    private static final String PARAMETER = "what";
    private static final String WORKLOAD = "misbehave";

    /** What became of it, for the result. */
    static final class Account {
        private double beganS = -1;
        private double endedS = -1;
        private OptionalLong allocatedBytes = OptionalLong.empty();

        void addTo(ObjectNode metrics) {
            if (beganS >= 0) {
                metrics.put("began_s", beganS);
            }
            if (endedS >= 0) {
                metrics.put("ended_s", endedS);
            }
            // Asking for all that there is always ends with a refusal.
            allocatedBytes.ifPresent(
                    bytes -> metrics.put("allocated_bytes", (double) bytes).put("refused", 1));
        }
    }

    /** The tenant that misbehaves. Each returns its exit status where it has ended meanwhile. */
    interface Conduct {
        /** Answers what it is told, until then. */
        Optional<Integer> goOn(long sinceStartNanos) throws InterruptedException;

        /** Answers nothing, until then. */
        void standStill(long sinceStartNanos) throws InterruptedException;

        int fail(String kind, String message);

        int kill() throws InterruptedException;
    }

    /** Of a tenant with these settings, if it is one that misbehaves. */
    static Optional<Misbehaviour> of(String workload, Map<String, String> settings, Model model, StepsOf stepsOf) {
        MisbehaviourModel known = model.misbehaviours().get(settings.getOrDefault(PARAMETER, ""));
        if (!workload.equals(WORKLOAD) || known == null) {
            return Optional.empty();
        }
        MisbehaviourModel.Length length = known.lasts();
        long lasts = length == null
                ? 0
                : switch (length) {
                    case FOR -> nanos(settings, "for");
                    case BOUND -> nanos(settings, "bound");
                };
        return Optional.of(new Misbehaviour(known, stepsOf.of(known), nanos(settings, "after"), lasts));
    }

    /** On the GPU that is simulated. */
    interface StepsOf {
        Optional<StepModel> of(MisbehaviourModel model);
    }

    private static long nanos(Map<String, String> settings, String parameter) {
        return Math.round(Double.parseDouble(settings.getOrDefault(parameter, "0")) * 1e9);
    }

    /**
     * Until the tenant has ended.
     *
     * @return its exit status
     */
    int run(Seat seat, long startUnixNanos, StepListener listener, Account account, Conduct conduct)
            throws InterruptedException {
        Optional<Integer> early = conduct.goOn(after);
        if (early.isPresent()) {
            return early.get();
        }
        account.beganS = after / 1e9;
        return switch (model.outcome()) {
            case WORKS -> {
                seat.work(steps.orElseThrow(), startUnixNanos, listener);
                yield quietAgain(account, conduct, seat::pause);
            }
            case FILLS_MEMORY -> {
                account.allocatedBytes = OptionalLong.of(seat.takeFreeMemory());
                yield quietAgain(account, conduct, seat::giveBackMemory);
            }
            case OUT_OF_MEMORY -> conduct.fail("oom", "CUDA out of memory: more was asked for than the device has");
            case FAULTS -> {
                seat.fault(model.errorWords());
                seat.faultNeighbours(model.errorWords());
                yield conduct.goOn(Long.MAX_VALUE).orElseThrow();
            }
            case FAULTS_ALONE -> {
                seat.fault(model.errorWords());
                yield conduct.goOn(Long.MAX_VALUE).orElseThrow();
            }
            case KILLED -> {
                seat.faultNeighbours(model.errorWords());
                yield conduct.kill();
            }
            case STOPPED -> {
                seat.work(steps.orElseThrow(), startUnixNanos, listener);
                conduct.standStill(after + lasts);
                seat.pause();
                conduct.standStill(Long.MAX_VALUE);
                yield conduct.kill();
            }
        };
    }

    private int quietAgain(Account account, Conduct conduct, Runnable quiet) throws InterruptedException {
        Optional<Integer> ended = conduct.goOn(after + lasts);
        account.endedS = (after + lasts) / 1e9;
        if (ended.isPresent()) {
            return ended.get();
        }
        quiet.run();
        return conduct.goOn(Long.MAX_VALUE).orElseThrow();
    }
}
