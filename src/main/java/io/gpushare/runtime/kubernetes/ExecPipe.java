package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.gpushare.process.ProgramInput;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.elsewhere.NodeHelper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The pipes of a program in a pod, through the API server and the kubelet: a web socket whose messages begin with the
 * number of a channel. Its stdin cannot be closed alone.
 */
final class ExecPipe implements NodeHelper.Pipe {
    /** Spoken by all versions; those that know a newer one know this, too. */
    private static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int INPUT_LIMIT_BYTES = 1 << 20;
    private static final long PATIENCE_S = 20;
    private static final int NORMAL = 1000;

    private final WebSocket socket;
    private final ProgramInput input;
    private final CompletableFuture<PipeEnd> end;

    private ExecPipe(String pod, WebSocket socket, CompletableFuture<PipeEnd> end) {
        this.socket = socket;
        this.input = new ProgramInput("stdin in " + pod, new Stdin(socket), INPUT_LIMIT_BYTES);
        this.end = end;
        var _ = end.thenAccept(_ -> input.abandon("it has ended"));
    }

    /** To the program that the container began with. What it said before is lost. */
    static ExecPipe attached(Cluster cluster, String pod, ProgramOutput output) {
        return opened(cluster, pod, "attach", "", output);
    }

    /** To one that is started now. */
    static ExecPipe started(Cluster cluster, String pod, ProgramOutput output, List<String> command) {
        StringBuilder query = new StringBuilder();
        command.forEach(word -> query.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8)));
        return opened(cluster, pod, "exec", query.toString(), output);
    }

    private static ExecPipe opened(Cluster cluster, String pod, String how, String query, ProgramOutput output) {
        URI address = URI.create(cluster.server() + "api/v1/namespaces/" + cluster.namespace() + "/pods/" + pod + "/"
                + how + "?container=" + PodManifest.CONTAINER + "&stdin=true&stdout=true&stderr=true" + query);
        CompletableFuture<PipeEnd> end = new CompletableFuture<>();
        CompletableFuture<WebSocket> opening = cluster.client()
                .getHttpClient()
                .newWebSocketBuilder()
                .uri(address)
                .subprotocol(PROTOCOL)
                .connectTimeout(PATIENCE_S, TimeUnit.SECONDS)
                .buildAsync(new PipeMessages(output, end));
        try {
            return new ExecPipe(
                    pod, opening.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join(), end);
        } catch (CompletionException failed) {
            throw failure(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private static KubernetesClientException failure(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused) {
            return new KubernetesClientException(
                    "nothing can be started in the pod", refused.getResponse().code(), null);
        }
        return new KubernetesClientException(
                cause instanceof TimeoutException ? "no answer" : String.valueOf(cause.getMessage()), cause);
    }

    private static final class Stdin extends OutputStream {
        private final WebSocket socket;

        Stdin(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            ByteBuffer message = ByteBuffer.allocate(count + 1)
                    .put(PipeMessages.STDIN)
                    .put(bytes, offset, count)
                    .flip();
            if (!socket.send(message)) {
                throw new IOException("the connection takes nothing more");
            }
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        input.send(bytes);
    }

    /** Completes, never exceptionally, when all output was handed on. */
    CompletableFuture<PipeEnd> end() {
        return end.copy();
    }

    /** The program sees the end of its input, and nothing more of it is heard. */
    @Override
    public void close() {
        input.abandon("it was closed");
        socket.sendClose(NORMAL, "");
    }
}
