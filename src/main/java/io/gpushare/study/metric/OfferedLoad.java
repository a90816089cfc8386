package io.gpushare.study.metric;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.words.LoadShares;
import io.gpushare.load.words.LoadWords;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What all tenants of a run were asked together, where they are replicas of one server that share a load evenly.
 *
 * @param server with its settings, but for how much it is asked
 * @param shape what is said of a share beside how much it is, in words: {@code poisson, request_latency within 50 ms}
 * @param open whether the clock sends
 * @param total requests a second that were to come, or clients
 */
public record OfferedLoad(String server, String shape, boolean open, double total, List<ServedLoad> shares) {
    /** Shares are rounded before they are sent: what differs by less is the same load. */
    private static final MathContext DIGITS = new MathContext(5);

    private static final double ROUNDED = 1e-5;
    private static final double TAIL = 0.99;

    public OfferedLoad {
        shares = List.copyOf(shares);
    }

    /** Of one replica. */
    private record Share(String shape, boolean open, double amount) {
        /** Empty where the file does not say it, or says what cannot be. */
        static Optional<Share> of(ServedLoad load) {
            JsonNode asked = load.details().path("asked");
            boolean clock = asked.path("loop").asText().equals("open");
            List<String> shape = new ArrayList<>();
            if (clock) {
                // Without the rate behind it, as in gamma:0.5 20/s.
                shape.add(load.said().replaceFirst(" \\S+/s$", ""));
            } else if (asked.path("think_s").asDouble() > 0) {
                shape.add("thinking " + Figure.of(asked.path("think_s").asDouble()) + " s");
            }
            // What is good by one bound may be bad by another.
            asked.path("goodput_ms")
                    .properties()
                    .forEach(bound -> shape.add(bound.getKey() + " within "
                            + bound.getValue().asText().replaceFirst("\\.0$", "") + " ms"));
            double amount = clock
                    ? asked.path("mean_rate").asDouble()
                    : asked.path("clients").asInt();
            return amount > 0 && amount <= Arrivals.HIGHEST
                    ? Optional.of(new Share(String.join(", ", shape), clock, amount))
                    : Optional.empty();
        }
    }

    /** Empty where tenants do different work, take turns, or are loaded unevenly, and where there is no load. */
    public static Optional<OfferedLoad> of(RunResult run) {
        List<ServedLoad> loads = run.tenants().stream()
                .map(TenantResult::load)
                .flatMap(Optional::stream)
                .toList();
        List<Share> shares =
                loads.stream().map(Share::of).flatMap(Optional::stream).toList();
        List<String> servers =
                run.planned().stream().map(OfferedLoad::server).distinct().toList();
        boolean replicas = !shares.isEmpty()
                && shares.size() == run.tenants().size()
                && servers.size() == 1
                && (shares.size() == 1 || run.mode().concurrent());
        if (!replicas || !even(shares)) {
            return Optional.empty();
        }
        Share first = shares.getFirst();
        double sum = shares.stream().mapToDouble(Share::amount).sum();
        return Optional.of(new OfferedLoad(
                servers.getFirst(),
                first.shape(),
                first.open(),
                BigDecimal.valueOf(sum).round(DIGITS).doubleValue(),
                loads));
    }

    /** As it is called among variants. */
    private static String server(RunResult.Planned planned) {
        Map<String, String> settings = new TreeMap<>(planned.alike().settings());
        LoadShares.WORDS.forEach(word -> settings.remove(LoadWords.PREFIX + word));
        return TenantPlan.variant(planned.workload(), settings);
    }

    /** As even as rates that were rounded, and whole clients, can be. */
    private static boolean even(List<Share> shares) {
        double least = shares.stream().mapToDouble(Share::amount).min().orElseThrow();
        double most = shares.stream().mapToDouble(Share::amount).max().orElseThrow();
        boolean open = shares.getFirst().open();
        return shares.stream().map(Share::shape).distinct().count() == 1
                && shares.stream().allMatch(share -> share.open() == open)
                && most - least <= (open ? ROUNDED * most : 1);
    }

    public int replicas() {
        return shares.size();
    }

    /** {@code 200 requests/s in all}, {@code 16 clients in all}. */
    public String words() {
        return (open ? Figure.asTyped(total) + " requests/s" : Amount.of(Math.round(total), "client")) + " in all";
    }

    /** Whether one of the replicas answered clearly less than it was asked. */
    public boolean fellBehind() {
        return open && shares.stream().anyMatch(ServedLoad::fellBehind);
    }

    /** @param watts of the GPU, on average */
    Map<Metric, Double> numbers(Optional<Double> watts) {
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        double answered = sum(ServedLoad::answeredPerSec);
        double scheduled = sum(ServedLoad::scheduled);
        numbers.put(Metrics.REQUESTS_DUE, sum(ServedLoad::scheduledPerSec));
        numbers.put(Metrics.REQUESTS_ANSWERED, answered);
        if (scheduled > 0) {
            double failed = sum(ServedLoad::failed) / scheduled;
            numbers.put(Metrics.REQUESTS_FAILED, failed);
            latencies(failed, numbers);
            if (shares.stream().allMatch(share -> share.good().isPresent())) {
                numbers.put(Metrics.GOODPUT_SHARE, sum(share -> share.good().orElseThrow()) / scheduled);
            }
        }
        if (answered > 0) {
            watts.ifPresent(mean -> numbers.put(Metrics.JOULES_PER_REQUEST, mean / answered));
        }
        return numbers;
    }

    private void latencies(double failed, Map<Metric, Double> numbers) {
        LatencyCounts all = shares.stream().map(ServedLoad::latency).reduce(LatencyCounts.NONE, LatencyCounts::plus);
        EarlyStopping.validatedMs(all, 0.5).ifPresent(ms -> numbers.put(Metrics.REQUEST_P50, ms));
        if (failed <= ServedLoad.MOST_FAILED) {
            EarlyStopping.validatedMs(all, TAIL).ifPresent(ms -> numbers.put(Metrics.REQUEST_P99, ms));
        }
    }

    private double sum(ToDoubleFunction<ServedLoad> of) {
        return shares.stream().mapToDouble(of).sum();
    }
}
