package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.gpushare.process.ProgramOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** What comes through the pipes of a program in a pod, one message after another. */
final class PipeMessages implements WebSocket.Listener {
    static final byte STDIN = 0;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte STATUS = 3;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ProgramOutput output;
    private final CompletableFuture<PipeEnd> end;

    /** @param end completed by the first word on it, when what came before was handed on */
    PipeMessages(ProgramOutput output, CompletableFuture<PipeEnd> end) {
        this.output = output;
        this.end = end;
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        try {
            take(message);
        } finally {
            socket.request();
        }
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        onMessage(socket, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    void take(ByteBuffer message) {
        if (!message.hasRemaining()) {
            return;
        }
        byte channel = message.get();
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        if (bytes.length == 0) {
            return; // One for each channel, at the begin.
        }
        switch (channel) {
            case STDOUT -> output.stdout(bytes, 0, bytes.length);
            case STDERR -> output.stderr(bytes, 0, bytes.length);
            case STATUS -> end.complete(status(new String(bytes, StandardCharsets.UTF_8)));
            default -> {} // Of a newer protocol.
        }
    }

    private static PipeEnd status(String text) {
        try {
            JsonNode status = MAPPER.readTree(text);
            if ("Success".equals(status.path("status").asText())) {
                return new PipeEnd.Exited(0);
            }
            for (JsonNode cause : status.path("details").path("causes")) {
                String number = cause.path("message").asText();
                if ("ExitCode".equals(cause.path("reason").asText()) && number.matches("\\d{1,3}")) {
                    return new PipeEnd.Exited(Integer.parseInt(number));
                }
            }
            return new PipeEnd.Broken(status.path("message").asText("it was refused"));
        } catch (JsonProcessingException words) {
            return new PipeEnd.Broken(text.strip());
        }
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
        end.complete(new PipeEnd.Broken(reason.isBlank() ? "it was closed" : reason));
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        end.complete(new PipeEnd.Broken(String.valueOf(failure.getMessage())));
    }
}
