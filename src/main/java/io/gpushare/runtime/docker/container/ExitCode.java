package io.gpushare.runtime.docker.container;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.WaitResponse;
import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for a container's exit status. docker-java's own callback logs an error where an engine went away. */
final class ExitCode implements ResultCallback<WaitResponse> {
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
