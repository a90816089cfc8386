package io.gpushare.cores;

import io.gpushare.file.AtomicFile;
import io.gpushare.file.RegularFile;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The least time that the loop of tenants ever took on this host. A run whose cores were slow from its begin to its end
 * is known by that: by itself it looks steady. A file that cannot be read or written is as good as none.
 */
public final class CoreHistory {
    /** Keeps nothing, as of a simulated host. */
    public static final CoreHistory NONE = new CoreHistory(Optional.empty(), "");

    private static final Logger log = LoggerFactory.getLogger(CoreHistory.class);
    private static final String NAME = "core-speed.properties";
    private static final int LARGEST = 1 << 20;

    private final Optional<Path> file;
    private final String host;

    private CoreHistory(Optional<Path> file, String host) {
        this.file = file;
        this.host = host;
    }

    /**
     * @param folder which several hosts may see
     * @param host which of them this is, and its processor
     */
    public static CoreHistory in(Path folder, String host) {
        return new CoreHistory(Optional.of(folder.resolve(NAME)), host);
    }

    /** @param program that ran the loop, as {@code python 3.12.3}: another version takes another time */
    public OptionalDouble fastestNanos(String program) {
        String known = read().getProperty(key(program), "");
        try {
            double nanos = Double.parseDouble(known);
            return nanos > 0 && Double.isFinite(nanos) ? OptionalDouble.of(nanos) : OptionalDouble.empty();
        } catch (NumberFormatException none) {
            return OptionalDouble.empty();
        }
    }

    /** Keeps it if it is less than what is known. */
    public void saw(String program, double nanos) {
        OptionalDouble known = fastestNanos(program);
        if (file.isEmpty() || (known.isPresent() && known.getAsDouble() <= nanos)) {
            return;
        }
        Properties all = read();
        all.setProperty(key(program), Double.toString(nanos));
        try {
            Path target = file.get().toAbsolutePath();
            Path folder = target.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            AtomicFile.write(target, out -> all.store(out, "nanoseconds of a loop at full speed, by host and program"));
        } catch (IOException unwritable) {
            log.debug("{} cannot be written", file.get(), unwritable);
        }
    }

    private String key(String program) {
        return host + ", " + program;
    }

    private Properties read() {
        Properties properties = new Properties();
        if (file.isPresent() && Files.exists(file.get())) {
            try {
                properties.load(new StringReader(RegularFile.readText(file.get(), LARGEST)));
            } catch (IOException | IllegalArgumentException unreadable) {
                log.debug("{} cannot be read", file.get(), unreadable);
            }
        }
        return properties;
    }
}
