package io.gpushare.cli;

import io.gpushare.results.ToolVersion;
import picocli.CommandLine.IVersionProvider;

/** Prints what {@code --version} says. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"gpushare " + ToolVersion.current() + ", Java " + Runtime.version()};
    }
}
