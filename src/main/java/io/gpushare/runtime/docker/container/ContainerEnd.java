package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.WaitResponse;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.docker.engine.EngineCallException;
import io.gpushare.runtime.docker.engine.EngineCallException.Kind;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.time.Time;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Finds out how a container ended whose output has ended. */
record ContainerEnd(EngineCalls calls, String id, BooleanSupplier killedByUs) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FOR_THE_KERNELS_WORD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);
    private static final int SIGNALLED = 128;
    private static final int HIGHEST_SIGNAL = 64;
    private static final int SIGKILL = 9;

    TenantExit await() throws InterruptedException {
        try {
            return how(exitCode());
        } catch (EngineCallException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return killedByUs.getAsBoolean()
                        ? new TenantExit.Killed(SIGKILL)
                        : new TenantExit.Lost("somebody removed its container");
            }
            if (e.kind() == Kind.NO_ANSWER) {
                return new TenantExit.Lost("its output ended, but the engine does not say that it has");
            }
            return new TenantExit.Lost(e.words());
        }
    }

    private int exitCode() throws EngineCallException, InterruptedException {
        return calls.within(PATIENCE, client -> {
            try (ExitCode code = new ExitCode()) {
                client.waitContainerCmd(id).exec(code);
                return code.await();
            }
        });
    }

    private TenantExit how(int code) throws EngineCallException, InterruptedException {
        if (code == SIGNALLED + SIGKILL && !killedByUs.getAsBoolean() && ranOutOfMemory()) {
            return new TenantExit.OutOfMemory();
        }
        boolean signalled = code > SIGNALLED && code <= SIGNALLED + HIGHEST_SIGNAL;
        return signalled ? new TenantExit.Killed(code - SIGNALLED) : new TenantExit.Exited(code);
    }

    /**
     * The engine hears of it apart from the container's end, and at times a little later. When it hears of it too late
     * it forgets it, and the tenant counts as killed by the signal.
     */
    private boolean ranOutOfMemory() throws EngineCallException, InterruptedException {
        long until = Time.real().nanos() + FOR_THE_KERNELS_WORD.toNanos();
        while (!saysOutOfMemory()) {
            if (Time.real().nanos() - until >= 0) {
                return false;
            }
            Time.real().sleep(BETWEEN_QUESTIONS);
        }
        return true;
    }

    private boolean saysOutOfMemory() throws EngineCallException, InterruptedException {
        InspectContainerResponse container =
                calls.within(PATIENCE, client -> client.inspectContainerCmd(id).exec());
        ContainerState state = container.getState();
        return state != null && Boolean.TRUE.equals(state.getOOMKilled());
    }

    /** Waits for a container's exit status. docker-java's own callback logs an error where an engine went away. */
    private static final class ExitCode implements ResultCallback<WaitResponse> {
        private final CompletableFuture<Integer> code = new CompletableFuture<>();
        private volatile @Nullable Closeable request;

        int await() throws IOException {
            try {
                return code.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException refused) {
                    throw refused;
                }
                throw new IOException("the engine gave no exit status", e);
            }
        }

        @Override
        public void onStart(Closeable closeable) {
            request = closeable;
        }

        @Override
        public void onNext(WaitResponse response) {
            code.complete(Objects.requireNonNull(response.getStatusCode(), "the answer to a wait is a status"));
        }

        @Override
        public void onError(Throwable failure) {
            code.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            code.completeExceptionally(new IOException("the engine's answer ended without an exit status"));
        }

        @Override
        public void close() throws IOException {
            Closeable open = request;
            if (open != null) {
                open.close();
            }
        }
    }
}
