package io.gpushare.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * Which gpushare this is. Results carry it, so that a number can be traced to the code that measured it.
 *
 * @param revision git commit of the sources, with {@code -dirty} for uncommitted changes, or {@code unknown}
 */
public record Version(String number, String revision) {

    public static Version current() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("/io/gpushare/version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("version.properties is missing from the jar");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Version(properties.getProperty("version"), properties.getProperty("revision"));
    }

    @Override
    public String toString() {
        return "gpushare " + number + " (" + revision + ")";
    }

    /** For {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.current() + ", Java " + Runtime.version()};
        }
    }
}
