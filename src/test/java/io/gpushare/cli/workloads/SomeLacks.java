package io.gpushare.cli.workloads;

import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.process.TenantPrograms;
import java.util.Map;
import java.util.Optional;

/** Of a machine without any program and any engine. */
public final class SomeLacks {
    private SomeLacks() {}

    public static Lacks ofAnEmptyMachine() {
        return new Lacks(
                new TenantPrograms(Map.of("PATH", "/nonexistent")),
                () -> new EngineAnswer.Unusable(new EngineProblem(
                        EngineProblem.Kind.SOCKET_MISSING, "no container engine runs here", Optional.empty())));
    }
}
