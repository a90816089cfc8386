package io.gpushare.runtime.served;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.http.TestServer;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Its tenants are servers within this process. */
final class ServerRuntime implements TenantRuntime {
    private final TestServer.Behaviour behaviour;
    private final boolean stubborn;
    private @Nullable TenantLaunch launched;
    private @Nullable Program program;

    /** @param stubborn whether they end only when they are killed */
    ServerRuntime(TestServer.Behaviour behaviour, boolean stubborn) {
        this.behaviour = behaviour;
        this.stubborn = stubborn;
    }

    TenantLaunch launched() {
        return requireNonNull(launched);
    }

    Program program() {
        return requireNonNull(program);
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public void require(Collection<Workload> workloads) {}

    @Override
    public OptionalInt userId(Workload workload) {
        return OptionalInt.empty();
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) {
        Program begun = new Program(launch.port().orElseThrow());
        launched = launch;
        program = begun;
        return begun;
    }

    final class Program implements Tenant {
        private final TestServer server;
        private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
        volatile boolean killed;

        Program(int port) {
            try {
                server = TestServer.start(port, behaviour);
            } catch (IOException taken) {
                throw new UncheckedIOException(taken);
            }
        }

        void end(TenantExit how) {
            try {
                server.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
            exit.complete(how);
        }

        @Override
        public void send(byte[] line) {
            throw new AssertionError("a server is told nothing");
        }

        @Override
        public CompletableFuture<TenantExit> exit() {
            return exit;
        }

        @Override
        public Set<Integer> processes() {
            return Set.of(4711);
        }

        @Override
        public void terminate() {
            if (!stubborn) {
                end(new TenantExit.Killed(15));
            }
        }

        @Override
        public void kill() {
            killed = true;
            end(new TenantExit.Killed(9));
        }

        @Override
        public ObjectNode description() {
            return JsonNodeFactory.instance.objectNode().put("pid", 4711);
        }

        @Override
        public void close() {
            kill();
        }
    }

    @Override
    public ObjectNode description() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        if (program != null) {
            program.close();
        }
    }
}
