package io.gpushare.run.company;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.sampling.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A run among those of other GPUs; used by the thread that executes it. Alone, it waits for nobody. */
public final class Member {
    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofMillis(5);

    private final Optional<Company> company;
    private final int place;
    private int steps;
    private boolean left;

    Member(Company company, int place) {
        this.company = Optional.of(company);
        this.place = place;
    }

    private Member() {
        this.company = Optional.empty();
        this.place = 0;
    }

    /** A run that has no company. */
    public static Member alone() {
        return new Member();
    }

    /** Who waits, and may not want to any longer. */
    public interface Waiting {
        boolean ends();

        /** Waits for so long, or less. */
        void pause(Duration howLong) throws InterruptedException;
    }

    /** A turn ends where it is closed. */
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    public boolean hasCompany() {
        return company.isPresent();
    }

    /** What the results of all have in common. */
    public Optional<String> id() {
        return company.map(Company::id);
    }

    public int place() {
        return place;
    }

    public int count() {
        return company.map(all -> all.gpus().size()).orElse(1);
    }

    /** The next step that all go through. Who does not wait for the others there has still to reach it. */
    public int nextStep() {
        steps++;
        return steps;
    }

    /** Idempotent; also says that earlier steps are done with. */
    public void reach(int step) {
        company.ifPresent(all -> all.reach(place, step));
    }

    /** Whether all others have reached it, too; false when who waits wanted to wait no longer. */
    public boolean meets(int step, Waiting waiting) throws InterruptedException {
        reach(step);
        while (company.isPresent() && !company.get().allReached(step)) {
            if (left || waiting.ends()) {
                return false;
            }
            waiting.pause(BETWEEN_TWO_LOOKS);
        }
        return true;
    }

    /** The instant at which all start who met at this step; empty without company. */
    public OptionalLong startUnixNanos(int step, Duration lead) {
        return company.isPresent() ? OptionalLong.of(company.get().startUnixNanos(step, lead)) : OptionalLong.empty();
    }

    /**
     * Waits until all have come here, and then until those before it have had their turn. Also granted to who wants to
     * wait no longer.
     */
    public Turn turn(Waiting waiting) throws InterruptedException {
        int first = steps + 1;
        steps += count();
        int last = steps;
        meets(first + place, waiting);
        return () -> reach(last);
    }

    /** One that begins later than its end is planned. */
    public static final class LaterTurn implements Turn {
        private final Member member;
        private Optional<Turn> taken = Optional.empty();

        private LaterTurn(Member member) {
            this.member = member;
        }

        public void take(Waiting waiting) throws InterruptedException {
            taken = Optional.of(member.turn(waiting));
        }

        @Override
        public void close() {
            taken.ifPresent(Turn::close);
        }
    }

    public LaterTurn laterTurn() {
        return new LaterTurn(this);
    }

    /** What is not begun on one GPU is begun on none. */
    public <T> T agreeing(Waiting waiting, Preparation<T> preparation) throws InterruptedException {
        int step = nextStep();
        T prepared;
        try {
            prepared = preparation.prepare();
        } catch (GpushareException unable) {
            company.ifPresent(all -> all.forbid(told(all, unable)));
            throw unable;
        }
        meets(step, waiting);
        Optional<GpushareException> veto = company.flatMap(Company::veto);
        if (veto.isPresent()) {
            throw veto.get();
        }
        return prepared;
    }

    /** All that can still say no. */
    public interface Preparation<T> {
        T prepare() throws InterruptedException;
    }

    private GpushareException told(Company all, GpushareException unable) {
        return naming(all.gpus().get(place).identity().index(), unable);
    }

    /** The same failure, with the GPU's number where it is not told. */
    public static GpushareException naming(int index, GpushareException failure) {
        String name = "GPU " + index;
        return failure.sentence().contains(name)
                ? failure
                : new GpushareException(
                        failure.status(),
                        name + ": " + failure.sentence(),
                        failure.advice().orElse(null),
                        failure);
    }

    /** All GPUs of the company, in the order of their places; empty for a run without. */
    public List<Gpu> gpus() {
        return company.map(Company::gpus).orElse(List.of());
    }

    /** What needs to be found out once. */
    public <T> T once(Preparation<T> look) throws InterruptedException {
        return company.isPresent() ? company.get().once(look) : look.prepare();
    }

    /** The tenants of this run were measured in that time. */
    public void worked(long fromNanos, long toNanos) {
        company.ifPresent(all -> all.worked(place, new Company.Worked(fromNanos, toNanos)));
    }

    public List<Neighbour> neighbours() {
        List<Neighbour> neighbours = new ArrayList<>();
        company.ifPresent(all -> {
            for (int other = 0; other < all.gpus().size(); other++) {
                if (other != place) {
                    neighbours.add(new Neighbour(all.gpus().get(other).identity(), all.workedBeside(place, other)));
                }
            }
        });
        return neighbours;
    }

    /** They share the connection to the driver: whoever lets go of it stops the samplers of all. */
    public void samples(Supplier<Sampler.Suspension> sampler) {
        company.ifPresent(all -> all.samples(place, sampler));
    }

    public Turn othersSuspended() {
        List<Sampler.Suspension> suspended = new ArrayList<>();
        Turn resuming = () -> suspended.forEach(Sampler.Suspension::close);
        boolean all = false;
        try {
            company.map(known -> known.samplersBeside(place))
                    .orElse(List.of())
                    .forEach(sampler -> suspended.add(sampler.get()));
            all = true;
            return resuming;
        } finally {
            if (!all) {
                resuming.close();
            }
        }
    }

    /** Nobody waits for it any more. */
    public void leave() {
        left = true;
        company.ifPresent(all -> all.leave(place));
    }
}
