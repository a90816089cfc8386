package io.gpushare.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Launches nothing; remembers what it was to be able to run, and whether it was closed. */
public final class FakeRuntime implements TenantRuntime {
    private final String kind;
    public final List<String> required = new ArrayList<>();
    public String missing = "";
    public int timesClosed;

    public FakeRuntime(String kind) {
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public void require(Collection<Workload> workloads) {
        workloads.forEach(workload -> required.add(workload.name()));
        if (!missing.isEmpty()) {
            throw new GpushareException(ExitStatus.UNABLE, missing, "Build it.");
        }
    }

    @Override
    public OptionalInt userId(Workload workload) {
        return OptionalInt.of(1000);
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) {
        throw new AssertionError("launched " + launch.words());
    }

    @Override
    public ObjectNode description() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        timesClosed++;
    }
}
