package io.gpushare.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.HostCores;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.workload.Workload;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A place where tenants run. Safe for launches from several threads. */
public interface TenantRuntime extends AutoCloseable {
    /** In results and on the command line: {@code docker}, {@code process}, {@code slurm}, … */
    String kind();

    /**
     * Finds out before anything starts whether all of these can run here.
     *
     * @throws io.gpushare.failure.GpushareException that names the workload and what to do
     */
    void require(Collection<Workload> workloads) throws InterruptedException;

    /**
     * What to doubt of a tenant with these settings here, in sentences.
     *
     * @throws io.gpushare.failure.GpushareException for settings that would change nothing here
     */
    default List<String> doubts(Workload workload, Map<String, String> settings) {
        return List.of();
    }

    /**
     * Finds out before anything starts whether a tenant can be given a part of a divided GPU, and no more.
     *
     * @throws io.gpushare.failure.GpushareException that says what to do
     */
    default void requireMigDevices() throws InterruptedException {}

    /** The cores among which its tenants can be spread; absent where they run on no cores that are known here. */
    default Reading<HostCores> cores() {
        return Reading.notMeasured("they run on no cores of this host");
    }

    /**
     * As whom a tenant of this workload runs, by the numbers of this host.
     *
     * @return empty where that is not known before it runs
     */
    OptionalInt userId(Workload workload) throws InterruptedException;

    /**
     * Returns when the tenant was started, which says nothing about its being ready.
     *
     * @param output called for one piece at a time, in order, and for all of them before the exit is known
     * @throws io.gpushare.failure.GpushareException when it cannot be started; nothing is left of it then
     */
    Tenant launch(TenantLaunch launch, ProgramOutput output) throws InterruptedException;

    /** The machines elsewhere on which its tenants run, where there is something to sample there. */
    default List<TenantNode> nodes() {
        return List.of();
    }

    /** Sentences about what tenants did to this machine that they should not, since this was asked last. */
    default List<String> takeWarnings() {
        return List.of();
    }

    /** For the result: engine and version, how the GPU gets in, image digests … */
    ObjectNode description();

    /** Kills and removes what is left of every tenant it launched. Idempotent. */
    @Override
    void close();
}
