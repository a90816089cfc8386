package io.gpushare.workload.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a tenant says. Fields that this version does not know are kept in {@code more}. */
public sealed interface TenantMessage {
    Map<String, JsonNode> more();

    /**
     * The first message.
     *
     * @param versions of the language, the framework, CUDA …
     * @param pid in the tenant's own numbering
     * @param device as the tenant sees it; empty when it uses none
     */
    record Hello(
            String workload,
            Map<String, String> versions,
            int pid,
            Optional<Device> device,
            Map<String, String> settings,
            Map<String, JsonNode> more)
            implements TenantMessage {}

    /**
     * @param uuid of the GPU or MIG device
     * @param freeBytes of its memory, before the tenant took any
     */
    record Device(
            String name,
            Optional<String> uuid,
            OptionalInt smCount,
            OptionalLong memoryBytes,
            OptionalLong freeBytes) {}

    /** Loaded and warmed up. */
    record Ready(double loadS, double warmupS, Map<String, JsonNode> more) implements TenantMessage {}

    /**
     * Under way.
     *
     * @param lateNanos behind the common start instant, before its first unit of work
     */
    record Started(long lateNanos, Map<String, JsonNode> more) implements TenantMessage {}

    /**
     * Work done between two instants; windows of a tenant join without gaps. A step counts in the window in which it
     * ends.
     *
     * @param fromNanos and {@code untilNanos} since the common start instant
     * @param activeNanos of an interactive workload: the time that was not idle
     * @param core how fast its core was, if it looks
     */
    record Window(
            int index,
            long fromNanos,
            long untilNanos,
            double units,
            long steps,
            OptionalLong activeNanos,
            LatencyCounts latency,
            Optional<CoreLoops> core,
            Map<String, JsonNode> more)
            implements TenantMessage {}

    /**
     * The last message of a tenant that ends well.
     *
     * @param metrics the workload's own, as {@code loss}, {@code ttft_p50_ms}
     */
    record Result(double units, long steps, Map<String, Double> metrics, Map<String, JsonNode> more)
            implements TenantMessage {}

    /**
     * The last message of a tenant that fails.
     *
     * @param kind {@code oom}, {@code cuda}, {@code setup}, …
     */
    record Failure(String kind, String message, Map<String, JsonNode> more) implements TenantMessage {}
}
