package io.gpushare.run.judge;

import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Clients of one MPS server do not fail alone: what one of them does wrong ends the others too. */
public final class MpsFault {
    private static final long TOGETHER_NANOS = 2_000_000_000;

    private MpsFault() {}

    /** Who died with whom, in a sentence. */
    public static Optional<String> in(List<StageTenant> tenants) {
        Map<String, List<StageTenant>> byServer = tenants.stream()
                .filter(MpsFault::diedSuddenly)
                .collect(Collectors.groupingBy(
                        tenant -> tenant.placement.device().orElse(""), TreeMap::new, Collectors.toList()));
        List<String> sentences = new ArrayList<>();
        for (List<StageTenant> clients : byServer.values()) {
            words(clients).ifPresent(sentences::add);
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    /**
     * Of a CUDA error, or by an end that no tenant chooses; who was ended by us has another kind of problem. What fails
     * before it has got that far, fails in all tenants alike, and not by each other.
     */
    private static boolean diedSuddenly(StageTenant tenant) {
        Problem problem = tenant.problem;
        if (problem == null || !tenant.ended) {
            return false;
        }
        return switch (problem.kind()) {
            case "cuda" -> tenant.hello != null;
            case "exit" -> tenant.ready != null;
            default -> false;
        };
    }

    private static Optional<String> words(List<StageTenant> clients) {
        List<StageTenant> inOrder = clients.stream()
                .sorted(Comparator.comparingLong(tenant -> tenant.endedNanos))
                .toList();
        StageTenant first = inOrder.getFirst();
        List<StageTenant> withIt = inOrder.stream()
                .skip(1)
                .filter(tenant -> tenant.endedNanos - first.endedNanos <= TOGETHER_NANOS)
                .toList();
        Problem cause = first.problem;
        if (withIt.isEmpty() || cause == null) {
            return Optional.empty();
        }
        double seconds = (withIt.getLast().endedNanos - first.endedNanos) / 1e9;
        return Optional.of(String.format(
                Locale.ROOT,
                "Tenant %d (%s) failed (%s: %s); %s, %s of the same MPS server, died with it within %.1f s.",
                first.plan.number(),
                first.plan.workload().name(),
                cause.kind(),
                withoutFullStop(cause.message()),
                numbers(withIt),
                withIt.size() == 1 ? "a client" : "clients",
                Math.max(0.1, seconds)));
    }

    private static String withoutFullStop(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String numbers(List<StageTenant> tenants) {
        List<String> numbers = tenants.stream()
                .map(tenant -> tenant.plan.number())
                .sorted()
                .map(String::valueOf)
                .toList();
        if (numbers.size() == 1) {
            return "tenant " + numbers.getFirst();
        }
        return "tenants " + Amount.list(numbers);
    }
}
