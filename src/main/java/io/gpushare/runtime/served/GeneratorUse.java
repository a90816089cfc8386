package io.gpushare.runtime.served;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * What gpushare takes of this machine's processors while it loads servers: all of them, and its own sampling, because
 * the threads of requests are too light to be told apart.
 */
final class GeneratorUse {
    private final Time time;
    private final long beganNanos;
    private final Optional<Duration> before = used();

    GeneratorUse(Time time) {
        this.time = time;
        this.beganNanos = time.nanos();
    }

    private static Optional<Duration> used() {
        return ProcessHandle.current().info().totalCpuDuration();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        int cores = Runtime.getRuntime().availableProcessors();
        double seconds = (time.nanos() - beganNanos) / 1e9;
        Optional<Double> cpuS =
                before.flatMap(begin -> used().map(now -> now.minus(begin).toNanos() / 1e9));
        json.put("of", "all of gpushare").put("cores", cores);
        cpuS.ifPresentOrElse(
                used -> json.put("cpu_s", used).put("share", used / (seconds * cores)),
                () -> json.putNull("cpu_s").putNull("share"));
        return json;
    }
}
