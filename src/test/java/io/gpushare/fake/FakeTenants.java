package io.gpushare.fake;

import io.gpushare.process.Command;
import io.gpushare.process.ProgramOutput;
import io.gpushare.process.RunningProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A fake tenant that runs beside the test, and what it has said. */
final class FakeTenants {
    static final String STOP = "{\"gpushare\":1,\"type\":\"stop\"}\n";

    record Tenant(RunningProgram program, Heard heard) implements AutoCloseable {
        String await(Predicate<String> wanted) throws InterruptedException {
            return Waiting.until(heard::text, wanted);
        }

        Tenant ready() throws InterruptedException {
            await(text -> text.contains("\"type\":\"ready\""));
            return this;
        }

        /** The exit status once it has ended, as text. */
        String awaitEnd() throws InterruptedException {
            return Waiting.until(
                    () -> program.exit().isDone()
                            ? String.valueOf(program.exit().join())
                            : "",
                    end -> !end.isEmpty());
        }

        void start() throws IOException {
            say("{\"gpushare\":1,\"type\":\"start\",\"at_unix_ns\":%d,\"measure_s\":1}\n"
                    .formatted(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() + 20)));
        }

        void say(String line) throws IOException {
            program.send(line.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            program.close();
        }
    }

    /** Of stdout; from another thread. */
    static final class Heard implements ProgramOutput {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public void stdout(byte[] bytes, int offset, int count) {
            out.write(bytes, offset, count);
        }

        @Override
        public void stderr(byte[] bytes, int offset, int count) {}

        String text() {
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    private FakeTenants() {}

    static Tenant start(FakeGpus gpus, Map<String, String> environment, String... options) {
        Heard heard = new Heard();
        Command command = Command.of("fake-tenant", options);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        // A mark that the daemon does not carry: closing the tenant ends all that do.
        Map<String, String> mark = Map.of("FAKE_TENANT", UUID.randomUUID().toString());
        return new Tenant(gpus.runner().start(command, heard, mark), heard);
    }
}
