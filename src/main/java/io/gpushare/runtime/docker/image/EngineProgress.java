package io.gpushare.runtime.docker.image;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.ResponseItem;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a build or a push: hands on its lines, and remembers what a failure has to be explained with.
 *
 * @param <T> what the engine says of either
 */
final class EngineProgress<T extends ResponseItem> implements ResultCallback<T> {
    private static final int REMEMBERED_LINES = 12;
    private static final String STEP = "Step ";

    private final Consumer<String> lines;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Deque<String> last = new ArrayDeque<>();
    private final StringBuilder partial = new StringBuilder();
    private String step = "";
    private Optional<String> error = Optional.empty();
    private Optional<Throwable> broken = Optional.empty();
    private volatile @Nullable Closeable request;

    EngineProgress(Consumer<String> lines) {
        this.lines = lines;
    }

    void await() throws InterruptedException {
        ended.await();
    }

    /** The step that was under way, as {@code Step 3/5 : RUN make}. */
    synchronized String step() {
        return step;
    }

    /** What the last step printed. */
    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    /** What the engine says of a step that failed. */
    synchronized Optional<String> error() {
        return error;
    }

    /** Why there is no more to hear. */
    synchronized Optional<Throwable> broken() {
        return broken;
    }

    @Override
    public void onStart(Closeable closeable) {
        request = closeable;
    }

    @Override
    public synchronized void onNext(T item) {
        String text = item.getStream();
        if (text != null) {
            partial.append(text);
            handOnWholeLines();
        }
        String status = item.getStatus();
        if (status != null && item.getProgressDetail() == null) {
            line(item.getId() == null ? status : item.getId() + ": " + status);
        }
        errorIn(item).ifPresent(message -> error = Optional.of(message));
    }

    private void handOnWholeLines() {
        int end = partial.indexOf("\n");
        while (end >= 0) {
            line(partial.substring(0, end).stripTrailing());
            partial.delete(0, end + 1);
            end = partial.indexOf("\n");
        }
    }

    private void line(String line) {
        // Podman says it in capitals.
        if (line.regionMatches(true, 0, STEP, 0, STEP.length())) {
            step = line;
            last.clear();
        } else if (!line.isBlank()) {
            last.add(line);
            if (last.size() > REMEMBERED_LINES) {
                last.removeFirst();
            }
        }
        lines.accept(line);
    }

    @Override
    public synchronized void onError(Throwable failure) {
        broken = Optional.of(failure);
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }

    @Override
    public void close() throws IOException {
        Closeable open = request;
        if (open != null) {
            open.close();
        }
    }

    /** An answer carries its error in one of two places: Podman fills the older one only. */
    @SuppressWarnings("deprecation")
    private static Optional<String> errorIn(ResponseItem item) {
        return Optional.ofNullable(item.getErrorDetail())
                .map(ResponseItem.ErrorDetail::getMessage)
                .or(() -> Optional.ofNullable(item.getError()));
    }
}
