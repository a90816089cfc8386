package io.gpushare.mode;

import java.nio.file.Path;

/** A folder or file of the host that a tenant sees. Plain processes see the host's own path. */
public record Mount(Path host, String tenant, boolean readOnly) {}
