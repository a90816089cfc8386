package io.gpushare.runtime.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.process.ProgramExit;
import io.gpushare.process.RunningProgram;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A tenant that is a program of this machine. */
final class ProcessTenant implements Tenant {
    private final RunningProgram running;
    private final Path program;
    private final Consumer<ProcessTenant> closed;

    /** @param closed told when nothing is left of it */
    ProcessTenant(RunningProgram running, Path program, Consumer<ProcessTenant> closed) {
        this.running = running;
        this.program = program;
        this.closed = closed;
    }

    @Override
    public void send(byte[] line) throws IOException {
        running.send(line);
    }

    @Override
    public CompletableFuture<TenantExit> exit() {
        return running.exit().thenApply(ProcessTenant::tenantExit);
    }

    private static TenantExit tenantExit(ProgramExit exit) {
        return switch (exit) {
            case ProgramExit.Exited(int status) -> new TenantExit.Exited(status);
            case ProgramExit.Killed(int signal) -> new TenantExit.Killed(signal);
        };
    }

    @Override
    public Set<Integer> processes() {
        return running.processes();
    }

    @Override
    public void terminate() {
        running.terminate();
    }

    @Override
    public void kill() {
        running.kill();
    }

    @Override
    public ObjectNode description() {
        return JsonNodeFactory.instance.objectNode().put("pid", running.pid()).put("program", program.toString());
    }

    @Override
    public void close() {
        running.close();
        closed.accept(this);
    }
}
