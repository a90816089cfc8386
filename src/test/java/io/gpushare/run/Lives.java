package io.gpushare.run;

import io.gpushare.run.FakeRuntime.FakeTenant;
import io.gpushare.run.FakeRuntime.Life;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.Locale;

/** What tenants in tests do with their lives. Their windows last 20 ms. */
final class Lives {
    private static final Duration WINDOW = Duration.ofMillis(20);

    private Lives() {}

    /** The runtime cannot start it. */
    record Unlaunchable() implements Life {
        @Override
        public int live(FakeTenant self) {
            throw new IllegalStateException("never launched");
        }
    }

    static Life steady() {
        return working(100, Integer.MAX_VALUE, 0);
    }

    static Life steadyInWindowsOf(Duration window) {
        return working(100, window, Integer.MAX_VALUE, 0);
    }

    static Life working(double unitsPerWindow, int windows, int status) {
        return working(unitsPerWindow, WINDOW, windows, status);
    }

    private static Life working(double unitsPerWindow, Duration window, int windows, int status) {
        long windowNanos = window.toNanos();
        return self -> {
            hello(self);
            self.say("{\"type\":\"ready\",\"load_s\":0.01,\"warmup_s\":0.002}");
            if (!self.startTold()) {
                return 0;
            }
            self.say("{\"type\":\"started\",\"late_ns\":" + 1000 * (self.launch.number() + 1) + "}");
            long begin = self.time.nanos();
            long from = 0;
            double units = 0;
            int index = 0;
            boolean stopped = false;
            while (!stopped && index < windows) {
                stopped = self.stopTold(begin + from + windowNanos);
                long until = Math.max(from + 1, self.time.nanos() - begin);
                double done = unitsPerWindow * (until - from) / windowNanos;
                window(self, index, from, until, done);
                units += done;
                from = until;
                index++;
            }
            if (index == windows) {
                return status;
            }
            self.say(String.format(
                    Locale.ROOT,
                    "{\"type\":\"result\",\"units\":%f,\"steps\":%d,\"metrics\":{\"loss\":0.5}}",
                    units,
                    10 * index));
            return 0;
        };
    }

    static void hello(FakeTenant self) {
        self.say("{\"type\":\"hello\",\"workload\":\"" + self.launch.workload().name()
                + "\",\"versions\":{\"fake\":\"1\"},\"pid\":1,\"settings\":{},\"device\":null}");
    }

    static void window(FakeTenant self, int index, long from, long until, double units) {
        self.say(String.format(
                Locale.ROOT,
                "{\"type\":\"window\",\"index\":%d,\"from_ns\":%d,\"until_ns\":%d,\"units\":%f,\"steps\":10,"
                        + "\"latency\":{\"2770\":10}}",
                index,
                from,
                until,
                units));
    }

    /** Exits before it says anything. */
    static Life exiting(int status) {
        return self -> status;
    }

    static Life failing(String kind, String message) {
        return self -> {
            hello(self);
            self.say("{\"type\":\"error\",\"kind\":\"" + kind + "\",\"message\":\"" + message + "\"}");
            return 1;
        };
    }

    /** Loads for ever. */
    static Life neverReady() {
        return self -> {
            hello(self);
            self.time.sleepUntil(Time.NEVER);
            return 0;
        };
    }

    /** Works, and hears no stop and no SIGTERM. */
    static Life deaf() {
        return self -> {
            self.deafToTerm = true;
            hello(self);
            self.say("{\"type\":\"ready\",\"load_s\":0,\"warmup_s\":0}");
            self.startTold();
            self.say("{\"type\":\"started\",\"late_ns\":5}");
            self.time.sleepUntil(Time.NEVER);
            return 0;
        };
    }

    /** Hears nothing, and lives on after SIGKILL, as in a driver's call that does not return. */
    static Life undead(Duration afterItWasClosed) {
        return self -> {
            self.deafToTerm = true;
            hello(self);
            self.say("{\"type\":\"ready\",\"load_s\":0,\"warmup_s\":0}");
            self.startTold();
            self.say("{\"type\":\"started\",\"late_ns\":5}");
            while (!self.closed) {
                self.time.pause(Duration.ofMillis(1));
                Thread.interrupted();
            }
            long end = self.time.nanos() + afterItWasClosed.toNanos();
            while (self.time.nanos() - end < 0) {
                self.time.pause(Duration.ofMillis(1));
                Thread.interrupted();
            }
            return 0;
        };
    }
}
