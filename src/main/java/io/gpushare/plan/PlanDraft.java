package io.gpushare.plan;

import io.gpushare.cores.Pin;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.load.words.LoadShares;
import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.Mount;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A plan in the making: a file says one thing, options beside it another, and what neither says is usual. */
public final class PlanDraft {
    private static final Duration USUAL_DURATION = Duration.ofSeconds(30);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private SharingMode mode = SharingMode.timeSlicing();
    private final List<TenantPlan> tenants = new ArrayList<>();
    private final List<AttachedTenant> attached = new ArrayList<>();
    private GpuChoice gpu = new GpuChoice.Any();
    private RuntimeChoice runtime = RuntimeChoice.AUTO;
    private SlurmWishes slurm = SlurmWishes.NONE;
    private KubernetesWishes kubernetes = KubernetesWishes.NONE;
    private GpuAccessChoice gpuAccess = GpuAccessChoice.AUTO;
    private Pin pin = Pin.DEFAULT;
    private Optional<Duration> duration = Optional.empty();
    private PrecisionGoal precision = PrecisionGoal.DEFAULT;
    private Optional<Duration> timeout = Optional.empty();
    private Optional<BaselineChoice> baseline = Optional.empty();
    private int repeat = 1;
    private long seed = 1;
    private boolean allowBusy;
    private Duration samplingInterval = Duration.ofMillis(100);
    private Optional<URI> dcgm = Optional.empty();
    private List<Mount> binds = List.of();
    private final Map<String, TenantVariable> environment = new TreeMap<>();
    private Optional<Layer> layer = Optional.empty();
    private Optional<Double> gpuCostPerHour = Optional.empty();

    private final WorkloadSource workloads;

    public PlanDraft(WorkloadSource workloads) {
        this.workloads = workloads;
    }

    public SharingMode mode() {
        return mode;
    }

    public void mode(SharingMode wanted) {
        mode = wanted;
    }

    public boolean hasTenants() {
        return !tenants.isEmpty();
    }

    public List<TenantPlan> tenants() {
        return List.copyOf(tenants);
    }

    public void removeTenants() {
        tenants.clear();
    }

    /** @param reference a name in the catalog, or the absolute path of a workload.yaml */
    public void addTenants(String reference, int count, Map<String, String> settings) {
        addTenants(reference, count, settings, MpsSettings.NONE);
    }

    /** @param mps their own settings, which come before the mode's */
    public void addTenants(String reference, int count, Map<String, String> settings, MpsSettings mps) {
        Workload workload = workloads.find(reference);
        Map<String, String> checked = workloads.check(workload, settings);
        Settings.load(workload, checked);
        PlanCheck.checkCount(tenants.size() + count);
        String lasting = workloads.lasting(reference, workload);
        for (int i = 0; i < count; i++) {
            tenants.add(new TenantPlan(tenants.size(), lasting, workload, checked, mps));
        }
    }

    /** Tenants that run a program that was named by its command; another one of the same name gets a number. */
    public void addPrograms(Workload program, int count, MpsSettings mps) {
        PlanCheck.checkCount(tenants.size() + count);
        Workload named = program;
        for (int n = 2; isTaken(named); n++) {
            named = program.named(program.name() + "-" + n);
        }
        for (int i = 0; i < count; i++) {
            tenants.add(TenantPlan.adHoc(tenants.size(), named, mps));
        }
    }

    /** One that is only watched. */
    public void attach(AttachedTenant tenant) {
        attached.add(tenant);
    }

    private boolean isTaken(Workload program) {
        return tenants.stream()
                .map(TenantPlan::workload)
                .anyMatch(known -> known.name().equals(program.name()) && !known.equals(program));
    }

    /** Of every tenant that runs this workload. */
    public void set(String workload, String parameter, String value) {
        change(
                tenant -> tenant.workload().name().equals(workload),
                tenant -> {
                    Map<String, String> settings = new TreeMap<>(tenant.settings());
                    settings.put(parameter, value);
                    return tenant.with(workloads.check(tenant.workload(), settings));
                },
                () -> nobodyRuns(workload, ", for which %s is set to %s".formatted(parameter, value)));
    }

    /**
     * A load on all tenants that run this workload together, of which each gets its share.
     *
     * @param word of the load, {@code rate} or {@code clients}
     * @throws GpushareException (status USAGE) where it cannot be shared among them
     */
    public void shareLoad(String workload, String word, String total) {
        Iterator<String> shares = shares(workload, word, total).iterator();
        for (TenantPlan tenant : tenants()) {
            if (tenant.workload().name().equals(workload)) {
                Map<String, String> settings = new TreeMap<>(tenant.settings());
                settings.put(LoadWords.PREFIX + word, shares.next());
                tenants.set(tenant.number(), tenant.with(workloads.check(tenant.workload(), settings)));
            }
        }
    }

    private List<String> shares(String workload, String word, String total) {
        long servers = tenants.stream()
                .filter(tenant -> tenant.workload().name().equals(workload))
                .count();
        if (servers == 0) {
            throw nobodyRuns(workload, ", for which there is a load to share");
        }
        if (servers > 1 && !mode.concurrent()) {
            throw GpushareException.usage(
                    "tenants that run one after another do not share a load",
                    "Choose another mode than exclusive, or one tenant.");
        }
        try {
            return LoadShares.of(word, total, (int) servers);
        } catch (IllegalArgumentException refused) {
            throw GpushareException.usage(
                    "the load of all tenants of '" + workload + "': " + refused.getMessage(),
                    "Write it as " + workload + "." + LoadShares.PREFIX + "rate=200, or with clients=16.",
                    refused);
        }
    }

    /**
     * Their own settings, which come before the mode's.
     *
     * @param whose the workload of some tenants, or the number of one
     */
    public void mps(String whose, MpsSettings wanted) {
        boolean named =
                tenants.stream().anyMatch(tenant -> tenant.workload().name().equals(whose));
        change(
                tenant -> named
                        ? tenant.workload().name().equals(whose)
                        : Integer.toString(tenant.number()).equals(whose),
                tenant -> tenant.with(wanted.over(tenant.mps())),
                () -> nobodyRuns(whose, ", for which there are settings of MPS"));
    }

    /** What any tenant has of its own in place of these is forgotten. */
    public void mpsOfAll(MpsSettings wanted) {
        tenants.replaceAll(tenant -> tenant.with(new MpsSettings(
                wanted.threadPercentage().isPresent()
                        ? OptionalInt.empty()
                        : tenant.mps().threadPercentage(),
                wanted.memoryLimitBytes().isPresent()
                        ? OptionalLong.empty()
                        : tenant.mps().memoryLimitBytes(),
                wanted.priority().isPresent() ? Optional.empty() : tenant.mps().priority())));
    }

    public void forgetMpsOfTenants() {
        tenants.replaceAll(tenant -> tenant.with(MpsSettings.NONE));
    }

    private void change(
            Predicate<TenantPlan> which, UnaryOperator<TenantPlan> change, Supplier<GpushareException> noneFound) {
        if (tenants.stream().noneMatch(which)) {
            throw noneFound.get();
        }
        tenants.replaceAll(tenant -> which.test(tenant) ? change.apply(tenant) : tenant);
    }

    private GpushareException nobodyRuns(String workload, String more) {
        TreeSet<String> names = new TreeSet<>();
        tenants.forEach(tenant -> names.add(tenant.workload().name()));
        return GpushareException.usage("no tenant runs '" + workload + "'" + more, Spelling.advice(workload, names));
    }

    public void gpu(GpuChoice wanted) {
        gpu = wanted;
    }

    public void runtime(RuntimeChoice wanted) {
        runtime = wanted;
    }

    /** What was wished of the same name before is forgotten. */
    public void slurm(SlurmWishes wanted) {
        slurm = wanted.over(slurm);
    }

    /** What was wished of the same name before is forgotten. */
    public void kubernetes(KubernetesWishes wanted) {
        kubernetes = wanted.over(kubernetes);
    }

    public void gpuAccess(GpuAccessChoice wanted) {
        gpuAccess = wanted;
    }

    public void pin(Pin wanted) {
        pin = wanted;
    }

    /** Empty where nobody said how long a measurement is to be. */
    public Optional<Duration> saidDuration() {
        return duration;
    }

    public void duration(Duration wanted) {
        duration = Optional.of(wanted);
    }

    /** In percent. */
    public void precision(double wanted) {
        precision = precision.within(wanted);
    }

    /** A measurement goes on until its figures are within so many percent. */
    public void untilPrecise(double wanted) {
        precision = precision.until(wanted);
    }

    /** It goes on for no longer than this in all. */
    public void atMost(Duration wanted) {
        precision = precision.atMost(wanted);
    }

    public void timeout(Duration wanted) {
        timeout = Optional.of(wanted);
    }

    public void baseline(BaselineChoice wanted) {
        baseline = Optional.of(wanted);
    }

    public void repeat(int wanted) {
        repeat = wanted;
    }

    public void seed(long wanted) {
        seed = wanted;
    }

    public void allowBusy(boolean wanted) {
        allowBusy = wanted;
    }

    public void samplingInterval(Duration wanted) {
        samplingInterval = wanted;
    }

    public void dcgm(URI wanted) {
        dcgm = Optional.of(wanted);
    }

    public void binds(List<Mount> wanted) {
        binds = List.copyOf(wanted);
    }

    /** Those of the same names before are forgotten. */
    public void environment(List<TenantVariable> wanted) {
        wanted.forEach(variable -> environment.put(variable.name(), variable));
    }

    public void layer(Layer wanted) {
        layer = Optional.of(wanted);
    }

    public void gpuCostPerHour(double wanted) {
        gpuCostPerHour = Optional.of(wanted);
    }

    /** @throws GpushareException (status USAGE) when it makes no sense as a whole */
    public RunPlan plan() {
        RunPlan plan = withTimeout(timeout.orElse(Duration.ZERO));
        Duration needed = RunLength.shortest(plan);
        PlanCheck.check(plan);
        if (timeout.isPresent()) {
            PlanCheck.checkTimeout(plan, needed);
            return plan;
        }
        return withTimeout(RunLength.patient(plan));
    }

    /** A new draft of a run under the same conditions: without tenants, in no mode of its own. */
    public PlanDraft underTheSameConditions() {
        PlanDraft other = new PlanDraft(workloads);
        other.gpu = gpu;
        other.runtime = runtime;
        other.slurm = slurm;
        other.kubernetes = kubernetes;
        other.gpuAccess = gpuAccess;
        other.pin = pin;
        other.duration = duration;
        other.precision = precision;
        other.timeout = timeout;
        other.baseline = baseline;
        other.seed = seed;
        other.allowBusy = allowBusy;
        other.samplingInterval = samplingInterval;
        other.dcgm = dcgm;
        other.binds = binds;
        other.environment.putAll(environment);
        other.layer = layer;
        other.gpuCostPerHour = gpuCostPerHour;
        return other;
    }

    /** As far as it is said, whether it makes sense or not. */
    RunPlan conditions() {
        return withTimeout(timeout.orElse(Duration.ZERO));
    }

    /** Programs that are measured to their own end get time for it. */
    private Duration usualDuration() {
        return tenants.stream().anyMatch(tenant -> tenant.workload().completes()) ? LONGEST_LIFE : USUAL_DURATION;
    }

    /** On nodes elsewhere nobody can use one of this machine's. */
    private GpuChoice usedGpu() {
        return runtime.elsewhere() && gpu instanceof GpuChoice.Any ? new GpuChoice.None() : gpu;
    }

    private RunPlan withTimeout(Duration whole) {
        return new RunPlan(
                mode,
                tenants,
                attached,
                usedGpu(),
                runtime,
                slurm,
                kubernetes,
                gpuAccess,
                pin,
                duration.orElseGet(this::usualDuration),
                precision,
                whole,
                // Exclusive tenants run alone as it is.
                baseline.orElse(
                        mode.concurrent() || gpu.several() ? new BaselineChoice.Run() : new BaselineChoice.None()),
                repeat,
                seed,
                allowBusy,
                samplingInterval,
                dcgm,
                binds,
                List.copyOf(environment.values()),
                layer,
                gpuCostPerHour);
    }
}
