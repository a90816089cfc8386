package io.gpushare.runtime.docker.engine;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.gpushare.runtime.docker.engine.EngineCallException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests through docker-java, each bounded in time: an engine that hangs must not hang a run. */
public final class EngineCalls implements AutoCloseable {
    private static final Duration REMOVAL_PATIENCE = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(EngineCalls.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Engine engine;
    private final DockerClient client;
    private final Duration longest;
    private volatile boolean closed;

    public EngineCalls(Engine engine) {
        this(engine, ChronoUnit.FOREVER.getDuration());
    }

    /** @param longest that anything is waited for, whatever it would deserve */
    public EngineCalls(Engine engine, Duration longest) {
        this.engine = engine;
        this.longest = longest;
        this.client = DockerClients.open(engine);
    }

    public Engine engine() {
        return engine;
    }

    public interface Request<T> {
        T through(DockerClient client) throws IOException;
    }

    public <T> T within(Duration usual, Request<T> request) throws EngineCallException, InterruptedException {
        Duration limit = usual.compareTo(longest) < 0 ? usual : longest;
        FutureTask<T> answer = new FutureTask<>(() -> request.through(client));
        // docker-java's Unix sockets know no read timeout. Interrupting the thread closes the socket. Not a virtual
        // one: those
        // wait for sockets by a thread that never leaves native code, and Java waits 300 ms for such at its end.
        Thread.ofPlatform().daemon().name("asking the engine").start(answer);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new EngineCallException(
                    Kind.NO_ANSWER, "%s did not answer within %d s".formatted(engine, limit.toSeconds()), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Kills a container that still runs. One that is not there, or is being removed, is none to remove. */
    public void remove(String idOrName) throws EngineCallException, InterruptedException {
        try {
            within(
                    REMOVAL_PATIENCE,
                    client -> client.removeContainerCmd(idOrName)
                            .withForce(true)
                            .withRemoveVolumes(true)
                            .exec());
        } catch (EngineCallException e) {
            boolean nothingToDo = e.kind() == Kind.NOT_FOUND || e.words().contains("is already in progress");
            if (!nothingToDo) {
                throw e;
            }
        }
    }

    private EngineCallException failure(Throwable cause) {
        return switch (cause) {
            case NotFoundException missing -> new EngineCallException(Kind.NOT_FOUND, answered(missing), missing);
            case DockerException refused -> new EngineCallException(Kind.REFUSED, answered(refused), refused);
            case ProtocolException refused ->
                new EngineCallException(Kind.REFUSED, String.valueOf(refused.getMessage()), refused);
            case IOException broken -> gone(broken);
            case RuntimeException broken when causedByTheConnection(broken) -> gone(broken);
            case RuntimeException late when closed -> gone(late);
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            default -> throw new IllegalStateException(cause);
        };
    }

    private static boolean causedByTheConnection(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof UncheckedIOException) {
                return true;
            }
        }
        return false;
    }

    /** For a failure that reached a callback instead of {@link #within}. */
    public static String words(Throwable failure) {
        return failure instanceof DockerException refused ? answered(refused) : String.valueOf(failure.getMessage());
    }

    private EngineCallException gone(Exception cause) {
        return new EngineCallException(
                Kind.GONE, "the %s engine went away".formatted(engine.kind().words()), cause);
    }

    /** docker-java gives the status and the JSON of the answer as one text. */
    private static String answered(DockerException refused) {
        String text = String.valueOf(refused.getMessage()).strip();
        int json = text.indexOf('{');
        try {
            String message = json < 0
                    ? ""
                    : JSON.readTree(text.substring(json)).path("message").asText("");
            return (message.isEmpty() ? text : message).strip();
        } catch (JacksonException notJson) {
            return text;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("the connections to {} did not close in order", engine, e);
        }
    }
}
