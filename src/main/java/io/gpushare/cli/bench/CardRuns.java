package io.gpushare.cli.bench;

import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.transaction.NotPermittedException;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.company.Company;
import io.gpushare.run.company.Member;
import io.gpushare.text.Amount;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;

/** Carries out plans on several GPUs at the same time, once: each a run of its own, by a thread of its own. */
public final class CardRuns {
    private final Console console;
    private final BenchParts parts;
    private final Interruption interruption;
    private final CommandLine typed;
    private final boolean silent;
    private final Map<Integer, CardRun> done = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> bug = new AtomicReference<>();

    /** Who reads the machine around the GPUs meanwhile; empty for the first of the runs. */
    private String machineReadBy = "";

    /** What one of the GPUs does. */
    public record Card(BenchPlace place, RunPlan plan) {
        private Gpu gpu() {
            return place.gpu().orElseThrow();
        }
    }

    public CardRuns(Console console, BenchParts parts, Interruption interruption, CommandLine typed, boolean silent) {
        this.console = console;
        this.parts = parts;
        this.interruption = interruption;
        this.typed = typed;
        this.silent = silent;
    }

    /** The same, which leaves the machine around the GPUs to somebody else, whom these words name. */
    public CardRuns whileTheMachineIsReadBy(String who) {
        machineReadBy = who;
        return this;
    }

    /**
     * @return those that ended, in the order of the GPUs
     * @throws GpushareException where one could not begin, and so none did
     */
    List<CardRun> of(RunPlan plan, Time time, ResultDirectory directory, List<String> simulatedBy)
            throws InterruptedException {
        List<BenchPlace> places = measurement().openAll(plan, time, simulatedBy);
        try {
            List<Card> cards =
                    places.stream().map(place -> new Card(place, plan)).toList();
            return on(cards, company(cards, time), time, directory);
        } finally {
            places.forEach(BenchPlace::close);
        }
    }

    /**
     * On GPUs that are there.
     *
     * @param cards with plans that differ in nothing but their tenants' settings
     * @param company of these cards
     * @return as above
     */
    public List<CardRun> on(List<Card> cards, Company company, Time time, ResultDirectory directory)
            throws InterruptedException {
        carryOut(cards, time, directory, company.members());
        Optional<GpushareException> veto = company.veto();
        if (veto.isPresent()) {
            throw told(veto.get(), cards.size());
        }
        return List.copyOf(new TreeMap<>(done).values());
    }

    public static Company company(List<Card> cards, Time time) {
        return new Company(
                time, ResultName.randomId(), cards.stream().map(Card::gpu).toList());
    }

    private GpushareException told(GpushareException veto, int gpus) {
        String advice = veto instanceof NotPermittedException
                ? "As root:\n  " + new NeedsRoot(false, System.getenv()).sudoLine(typed)
                : veto.advice().orElse(null);
        return new GpushareException(
                veto.status(), veto.sentence() + (gpus == 1 ? "" : "; nothing was started on any GPU"), advice, veto);
    }

    private void carryOut(List<Card> cards, Time time, ResultDirectory directory, List<Member> members)
            throws InterruptedException {
        try (CardViews views = CardViews.of(console, time, silent);
                Time.Presence _ = time.enter()) {
            List<Task> runs = new ArrayList<>();
            for (int i = 0; i < cards.size(); i++) {
                Card card = cards.get(i);
                Member member = members.get(i);
                String name = "GPU " + card.gpu().identity().index();
                BenchView view = views.of(name, title(name, card.plan(), card.place()));
                runs.add(time.start("bench on " + card.place().gpuWords(false), () -> {
                    run(card.plan(), time, card.place(), directory, member, view);
                }));
            }
            for (Task run : runs) {
                run.join();
            }
        }
        Throwable thrown = bug.get();
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }

    private static String title(String name, RunPlan plan, BenchPlace place) {
        return (plan.simulated() ? "SIMULATED  " : "") + name + " · " + place.gpuWords(true) + " · "
                + plan.mode().kind() + " · " + Amount.of(plan.tenants().size(), "tenant");
    }

    private void run(
            RunPlan plan, Time time, BenchPlace place, ResultDirectory directory, Member member, BenchView view) {
        GpuIdentity gpu = place.gpu().orElseThrow().identity();
        try (view) {
            List<RunOutcome> outcomes = measurement().measure(plan, time, place, directory, view, member);
            if (!outcomes.isEmpty()) {
                done.put(member.place(), new CardRun.Measured(gpu, outcomes));
            }
        } catch (GpushareException failure) {
            done.put(member.place(), new CardRun.Failed(gpu, failure));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error mistake) {
            bug.compareAndSet(null, mistake);
        } finally {
            member.leave();
        }
    }

    private PlanMeasurement measurement() {
        PlanMeasurement measurement = new PlanMeasurement(console, parts, interruption, typed, silent);
        return machineReadBy.isEmpty() ? measurement : measurement.whileTheMachineIsReadBy(machineReadBy);
    }
}
