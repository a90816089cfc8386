package io.gpushare.runtime.docker.container;

import io.gpushare.process.RunOwner;
import java.util.Optional;

/**
 * A container of a run.
 *
 * @param owner the gpushare that started it; empty when its label says nothing that can be read
 * @param status as Docker words it: {@code Up 5 minutes}
 */
public record ContainerLeftover(String id, String name, String runId, Optional<RunOwner> owner, String status) {}
