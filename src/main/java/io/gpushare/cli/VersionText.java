package io.gpushare.cli;

import io.gpushare.results.ToolVersion;
import picocli.CommandLine.IVersionProvider;

/** For {@code --version}. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"gpushare " + ToolVersion.current() + ", Java " + Runtime.version()};
    }
}
