package io.gpushare.mode.proof;

import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Placement;
import io.gpushare.mode.setup.InstanceIds;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a tenant was given.
 *
 * @param instance of its MIG device
 * @param pipeDirectory of the daemon whose client it must be; empty for a tenant without MPS
 * @param settings of MPS in force for it
 * @param smCount of its device without limits
 */
public record TenantSeat(
        Placement placement,
        Optional<InstanceIds> instance,
        Optional<Path> pipeDirectory,
        MpsSettings settings,
        OptionalInt smCount) {}
