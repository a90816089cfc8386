package io.gpushare.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.analysis.SharingIndices;
import io.gpushare.cores.Pin;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.SharingErrors;
import io.gpushare.results.benchmark.SharingMetrics;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Timeline;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that somebody thought up, for tests: only what a study looks at is filled in. */
public final class MadeRun {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double WINDOW_S = 10;
    private static int made;

    private final String kind;
    private final ObjectNode mode;
    private final List<Tenants> tenants = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private final Map<String, Double> alone = new LinkedHashMap<>();
    private final Map<String, LatencyCounts> aloneLatencies = new HashMap<>();
    private final Map<String, Double> aloneWatts = new HashMap<>();
    private final Map<String, String> kinds = new HashMap<>();
    private String gpu = "NVIDIA H200";
    private String card = "GPU-1";
    private int index;
    private final List<Double> otherCards = new ArrayList<>();
    private String host = "";
    private String runtime = "process";
    private boolean simulated;
    private String duration = "10s";
    private Verdict verdict = new Verdict(List.of());
    private double joules = 4000;
    private final Map<String, String> references = new HashMap<>();
    private final ObjectNode planned = JSON.objectNode().put("pin", Pin.DEFAULT.toString());
    private final Map<String, ObjectNode> settings = new HashMap<>();
    private final Map<Integer, ServedLoad> loads = new HashMap<>();
    private int coresPerTenant;
    private Optional<Double> claimed = Optional.empty();
    private final List<String> attached = new ArrayList<>();

    /** Beside a program of somebody else, that was only watched. */
    MadeRun beside(String target) {
        attached.add(target);
        return this;
    }

    /** What each tenant's CUDA called its device. */
    MadeRun seeing(String... names) {
        devices.addAll(List.of(names));
        return this;
    }

    /** Tenants of one variant: what each does, and how long its steps take. */
    private record Tenants(String variant, String unit, List<Double> rates, LatencyCounts latencies, ObjectNode mps) {}

    private MadeRun(String kind) {
        this.kind = kind;
        this.mode = JSON.objectNode().put("kind", kind);
    }

    public static MadeRun in(String kind) {
        return new MadeRun(kind);
    }

    public MadeRun setting(String name, Object value) {
        mode.set(name, JSON.textNode(value.toString()));
        return this;
    }

    /** @param rates one a tenant, in units per second */
    public MadeRun tenants(String variant, double... rates) {
        return tenants(variant, LatencyCounts.NONE, rates);
    }

    public MadeRun tenants(String variant, LatencyCounts latencies, double... rates) {
        List<Double> each = new ArrayList<>();
        for (double rate : rates) {
            each.add(rate);
        }
        tenants.add(new Tenants(variant, "sample", each, latencies, JSON.objectNode()));
        return this;
    }

    /** Of the tenants that were named last. */
    public MadeRun withMps(String name, String value) {
        tenants.getLast().mps().put(name, value);
        return this;
    }

    /** Of the workload of the tenants that were named last. */
    public MadeRun set(String name, String value) {
        settings.computeIfAbsent(tenants.getLast().variant(), _ -> JSON.objectNode())
                .put(name, value);
        return this;
    }

    /**
     * Tenants of one server, a load each.
     *
     * @param variant with how much each is asked, as results have it
     */
    public MadeRun serving(String variant, ServedLoad... each) {
        for (ServedLoad load : each) {
            loads.put(tenants.stream().mapToInt(alike -> alike.rates().size()).sum(), load);
            tenants(variant, load.latency(), load.answeredPerSec());
        }
        return ofKind(each[0].details().at("/asked/loop").asText().equals("open") ? "open_server" : "server");
    }

    public MadeRun alone(String variant, double rate) {
        alone.put(variant, rate);
        return this;
    }

    public MadeRun alone(String variant, double rate, LatencyCounts latencies, double watts) {
        aloneLatencies.put(variant, latencies);
        aloneWatts.put(variant, watts);
        return alone(variant, rate);
    }

    /** Of the tenants that were named last. */
    public MadeRun ofKind(String kindOfWork) {
        kinds.put(tenants.getLast().variant(), kindOfWork);
        return this;
    }

    public MadeRun onNoGpu() {
        gpu = "";
        return this;
    }

    public MadeRun on(String gpuName, String cardUuid) {
        gpu = gpuName;
        card = cardUuid;
        return this;
    }

    public MadeRun onCard(String uuid) {
        card = uuid;
        return this;
    }

    /**
     * One of several cards of its host.
     *
     * @param workedShares of the others, while it worked
     */
    public MadeRun onGpu(int number, Double... workedShares) {
        index = number;
        card = "GPU-" + number;
        otherCards.addAll(List.of(workedShares));
        return this;
    }

    public MadeRun onHost(String name) {
        host = name;
        return this;
    }

    public MadeRun by(String runtimeKind) {
        runtime = runtimeKind;
        return this;
    }

    public MadeRun withCores(int perTenant) {
        coresPerTenant = perTenant;
        return this;
    }

    MadeRun lasting(String length) {
        duration = length;
        return this;
    }

    public MadeRun simulated() {
        simulated = true;
        return this;
    }

    /** What the plan has beside mode, tenants and where. */
    public MadeRun planned(String name, JsonNode value) {
        planned.set(name, value);
        return this;
    }

    MadeRun seeded(long seed) {
        planned.put("seed", seed);
        return this;
    }

    /** The tenants that were named last are of a workload in this file. */
    public MadeRun from(String file) {
        references.put(tenants.getLast().variant(), file);
        return this;
    }

    public MadeRun invalid() {
        return foundGuilty(Reason.UNSTABLE, "Tenant 0 was not steady.");
    }

    MadeRun foundGuilty(Reason reason, String message) {
        verdict = new Verdict(List.of(new Finding(reason, message)));
        return this;
    }

    public MadeRun taking(double joulesInWindow) {
        joules = joulesInWindow;
        return this;
    }

    /** By its own windows, of what all tenants do together. */
    public MadeRun claiming(double percentOfStandardError) {
        claimed = Optional.of(percentOfStandardError);
        return this;
    }

    private SharingErrors errors(Map<String, Double> units, List<Double> progress) {
        Map<String, Estimate> claims = new HashMap<>();
        units.forEach((unit, rate) -> claim(rate).ifPresent(estimate -> claims.put(unit, estimate)));
        return new SharingErrors(
                progress.isEmpty() ? Optional.empty() : claim(SharingIndices.stp(progress)), Optional.empty(), claims);
    }

    private Optional<Estimate> claim(double value) {
        return claimed.map(percent -> new Estimate(value, value * percent / 100, 4, 30));
    }

    /** So many latencies of one length. */
    public static LatencyCounts latencies(double ms, long count) {
        return LatencyCounts.of(Map.of(LatencyCounts.bucketOf(Math.round(1e6 * ms)), count));
    }

    public StoredRun stored() {
        List<TenantResult> results = new ArrayList<>();
        Map<Integer, LatencyCounts> latencies = new HashMap<>();
        List<Double> progress = new ArrayList<>();
        Map<String, Double> units = new HashMap<>();
        ArrayNode planned = JSON.arrayNode();
        for (Tenants alike : tenants) {
            ObjectNode entry = planned.addObject()
                    .put("workload", references.getOrDefault(alike.variant(), workload(alike.variant())))
                    .put("count", alike.rates().size());
            if (settings.containsKey(alike.variant())) {
                entry.set("set", settings.get(alike.variant()));
            }
            if (!alike.mps().isEmpty()) {
                entry.set("mps", alike.mps());
            }
            for (double rate : alike.rates()) {
                int number = results.size();
                Double before = alone.get(alike.variant());
                results.add(tenant(number, alike.variant(), alike.unit(), rate, before));
                latencies.put(number, alike.latencies());
                units.merge(alike.unit(), rate, Double::sum);
                if (before != null) {
                    progress.add(rate / before);
                }
            }
        }
        attached.forEach(target -> planned.addObject().put("attach", target));
        String id = "run" + made++;
        boolean known = progress.size() == results.size();
        RunResult run = new RunResult(
                id,
                id,
                1,
                1,
                Instant.parse("2026-11-21T09:00:00Z").plusSeconds(made),
                simulated,
                RecordedPlan.read(plan(planned), ModeKind.of(kind)),
                environment(),
                new ModeProof(true, List.of("made up")),
                baselines(),
                results,
                List.of(),
                new SharingMetrics(
                        known ? Reading.of(SharingIndices.stp(progress)) : unknown(),
                        known ? Reading.of(SharingIndices.antt(progress)) : unknown(),
                        known ? Reading.of(SharingIndices.fairness(progress)) : unknown(),
                        known ? Reading.of(SharingIndices.jain(progress)) : unknown(),
                        1,
                        units,
                        unknown(),
                        unknown(),
                        Reading.of(0.9),
                        Reading.of(100L),
                        errors(units, progress)),
                Reading.of(use(joules, joules / WINDOW_S)),
                unknown(),
                new Timeline(WINDOW_S, Reading.of(1.0), Reading.of(1.0), 20),
                JSON.objectNode(),
                List.of(),
                verdict);
        return new StoredRun(Path.of(id + ".json"), Origin.RESULT, run, latencies, aloneLatencies);
    }

    private ObjectNode plan(ArrayNode planned) {
        ObjectNode plan = JSON.objectNode();
        if (mode.size() == 1) {
            plan.put("mode", kind);
        } else {
            plan.set("mode", mode);
        }
        plan.set("tenants", planned);
        if (gpu.isEmpty()) {
            plan.put("gpu", "none");
        }
        plan.put("runtime", gpu.isEmpty() ? "auto" : runtime).put("duration", duration);
        plan.setAll(this.planned);
        return plan;
    }

    private ObjectNode environment() {
        ObjectNode environment = JSON.objectNode();
        environment.putObject("driver").put("driver_version", "580.159.04");
        ArrayNode gpus = environment.putArray("gpus");
        if (!gpu.isEmpty()) {
            gpus.addObject().put("name", gpu).put("uuid", card).put("index", index);
        }
        if (coresPerTenant > 0) {
            environment.putObject("cores").put("per_tenant", coresPerTenant);
        }
        if (!host.isEmpty()) {
            environment.putObject("host").put("name", host);
        }
        environment.putObject("runtime").put("kind", runtime);
        if (!otherCards.isEmpty()) {
            ArrayNode others =
                    environment.putObject("company").put("id", "4f1c09").putArray("gpus");
            otherCards.forEach(share -> others.addObject().put("worked_share", share));
        }
        return environment;
    }

    private List<BaselineResult> baselines() {
        List<BaselineResult> baselines = new ArrayList<>();
        alone.forEach((variant, rate) -> baselines.add(new BaselineResult(
                variant,
                tenant(0, variant, "sample", rate, null),
                aloneWatts.containsKey(variant)
                        ? Reading.of(use(WINDOW_S * aloneWatts.get(variant), aloneWatts.get(variant)))
                        : unknown(),
                Optional.empty())));
        return baselines;
    }

    private static GpuUse use(double joules, double meanW) {
        return new GpuUse(
                Map.of("power_recorded_w", Reading.of(new GpuUse.Levels(500, 100, meanW, meanW, meanW))),
                Reading.of(joules),
                Reading.of(joules),
                Reading.of(0.0),
                "");
    }

    private TenantResult tenant(int number, String variant, String unit, double rate, @Nullable Double alone) {
        return new TenantResult(
                new TenantResult.Identity(
                        number, workload(variant), variant, kinds.getOrDefault(variant, "inference"), unit),
                Optional.empty(),
                new TenantResult.Start(said(number), JSON.objectNode(), unknown(), unknown(), unknown(), unknown()),
                new TenantResult.Work(
                        WINDOW_S * rate,
                        1000,
                        Reading.of(rate),
                        unknown(),
                        unknown(),
                        Reading.notMeasured("made up"),
                        Optional.empty(),
                        List.of()),
                alone == null ? unknown() : Reading.of(alone / rate),
                Errors.UNKNOWN,
                unknown(),
                Map.of(),
                unknown(),
                alone == null ? Optional.ofNullable(loads.get(number)) : Optional.empty());
    }

    private static String workload(String variant) {
        return variant.replaceFirst("\\[.*", "");
    }

    private static <T> Reading<T> unknown() {
        return Reading.notMeasured("made up without it");
    }

    private Optional<ObjectNode> said(int number) {
        if (number >= devices.size()) {
            return Optional.empty();
        }
        ObjectNode said = JSON.objectNode();
        said.putObject("device").put("name", devices.get(number));
        return Optional.of(said);
    }
}
