package io.gpushare.run.company;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.Sampler;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GPUs of one host on which one plan runs at the same time, each as a run of its own. All go through the same steps,
 * which are numbered; a member says which one it has reached, and may wait until every other has. Who leaves is waited
 * for no more: what fails on one GPU holds nobody up.
 *
 * <p>Safe for use by several threads; nobody waits in here.
 */
public final class Company {
    /** The place of who samples all of them, and runs nothing. */
    private static final int OBSERVER = -1;

    private final Time time;
    private final String id;
    private final List<Gpu> gpus;
    private final int[] reached;
    private final boolean[] left;
    private final Map<Integer, Long> starts = new HashMap<>();
    private final List<List<Worked>> worked = new ArrayList<>();
    private final Map<Integer, Supplier<Sampler.Suspension>> samplers = new HashMap<>();
    private Optional<GpushareException> veto = Optional.empty();
    private @Nullable Object shared;

    /** From one instant to another, in the time of the runs. */
    public record Worked(long fromNanos, long toNanos) {
        long together(Worked other) {
            return Math.max(0, Math.min(toNanos, other.toNanos) - Math.max(fromNanos, other.fromNanos));
        }
    }

    /**
     * @param id what their results have in common
     * @param gpus in the order in which they have their turns
     */
    public Company(Time time, String id, List<Gpu> gpus) {
        this.time = time;
        this.id = id;
        this.gpus = List.copyOf(gpus);
        this.reached = new int[gpus.size()];
        this.left = new boolean[gpus.size()];
        gpus.forEach(_ -> worked.add(new ArrayList<>()));
    }

    public List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (int place = 0; place < gpus.size(); place++) {
            members.add(new Member(this, place));
        }
        return members;
    }

    /** Why nothing was started on any of them: what the first said that could not have begun. */
    public synchronized Optional<GpushareException> veto() {
        return veto;
    }

    String id() {
        return id;
    }

    List<Gpu> gpus() {
        return gpus;
    }

    synchronized void reach(int place, int step) {
        reached[place] = Math.max(reached[place], step);
    }

    synchronized void leave(int place) {
        left[place] = true;
    }

    synchronized boolean allReached(int step) {
        for (int place = 0; place < reached.length; place++) {
            if (!left[place] && reached[place] < step) {
                return false;
            }
        }
        return true;
    }

    /** The same for all who ask about this step; the first of them decides. */
    synchronized long startUnixNanos(int step, Duration lead) {
        return starts.computeIfAbsent(step, _ -> time.unixNanos() + lead.toNanos());
    }

    synchronized void forbid(GpushareException why) {
        if (veto.isEmpty()) {
            veto = Optional.of(why);
        }
    }

    /** What one of them found out for all. */
    @SuppressWarnings("unchecked") // there is one question
    synchronized <T> T once(Member.Preparation<T> look) throws InterruptedException {
        if (shared == null) {
            shared = look.prepare();
        }
        return (T) shared;
    }

    synchronized void worked(int place, Worked when) {
        worked.get(place).add(when);
    }

    /** The share of a member's own time in which another one worked, too. */
    synchronized Reading<Double> workedBeside(int place, int other) {
        long own = worked.get(place).stream()
                .mapToLong(when -> when.together(when))
                .sum();
        long both = worked.get(place).stream()
                .flatMapToLong(when -> worked.get(other).stream().mapToLong(when::together))
                .sum();
        return own == 0 ? Reading.notMeasured("no tenants were measured here") : Reading.of(both / (double) own);
    }

    /** The time in which all of them worked; empty where one never did, or they never worked at the same time. */
    public synchronized Optional<Worked> workedTogether() {
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (List<Worked> times : worked) {
            if (times.isEmpty()) {
                return Optional.empty();
            }
            from = Math.max(from, times.getLast().fromNanos());
            to = Math.min(to, times.getLast().toNanos());
        }
        return from < to ? Optional.of(new Worked(from, to)) : Optional.empty();
    }

    /** Of somebody who watches all of them, who lets go of the driver as each of them does. */
    public void observed(Supplier<Sampler.Suspension> sampler) {
        samples(OBSERVER, sampler);
    }

    synchronized void samples(int place, Supplier<Sampler.Suspension> sampler) {
        samplers.put(place, sampler);
    }

    synchronized List<Supplier<Sampler.Suspension>> samplersBeside(int place) {
        return samplers.entrySet().stream()
                .filter(sampler -> sampler.getKey() != place)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public synchronized String toString() {
        return "company " + id + ", reached " + Arrays.toString(reached);
    }
}
