package io.gpushare.runtime.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.elsewhere.ProcessWatch.Watched;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class RunningTenantsTest {
    private final RunningTenants<Somebody> tenants = new RunningTenants<>();

    @Test
    void oneThatWasBeingLaunchedAtTheEndIsClosed() {
        Somebody early = tenants.add(new Somebody());
        assertThat(early.closed).isFalse();

        assertThat(tenants.end()).isTrue();
        Somebody late = tenants.add(new Somebody());

        assertThat(late.closed).isTrue();
        assertThat(tenants.end()).as("a second end").isFalse();
    }

    @Test
    void onesThatHaveEndedAreForgotten() {
        Somebody lasting = tenants.add(new Somebody());
        Somebody ending = tenants.add(new Somebody());
        Somebody ended = new Somebody();
        ended.exit.complete(new TenantExit.Exited(0));
        tenants.add(ended);

        ending.exit.complete(new TenantExit.Exited(1));

        assertThat(tenants.now()).containsExactly(lasting);
    }

    private static final class Somebody implements Tenant, Watched {
        private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
        private boolean closed;

        @Override
        public void send(byte[] line) {}

        @Override
        public CompletableFuture<TenantExit> exit() {
            return exit;
        }

        @Override
        public Set<Integer> processes() {
            return Set.of();
        }

        @Override
        public void terminate() {}

        @Override
        public void kill() {}

        @Override
        public ObjectNode description() {
            return JsonNodeFactory.instance.objectNode();
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public NodeHelper helper() {
            throw new AssertionError("looked at");
        }

        @Override
        public OptionalInt pid() {
            return OptionalInt.empty();
        }

        @Override
        public void lose(String why) {}
    }
}
