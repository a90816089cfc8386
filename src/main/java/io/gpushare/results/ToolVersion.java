package io.gpushare.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which gpushare this is. Results carry it, so that a number can be traced to the code that measured it.
 *
 * @param revision git commit of the sources, with {@code -dirty} for uncommitted changes
 */
public record ToolVersion(String number, String revision) {

    public static ToolVersion current() {
        Properties properties = new Properties();
        try (InputStream resource = ToolVersion.class.getResourceAsStream("/io/gpushare/version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("version.properties is missing from the jar");
            }
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String revision = properties.getProperty("revision");
        // Sources from an archive belong to no commit that could be named.
        return new ToolVersion(properties.getProperty("version"), revision.startsWith("$") ? "unknown" : revision);
    }

    /** As in {@code 0.1.0+28c2660}. */
    @Override
    public String toString() {
        return number + "+" + revision;
    }
}
