package io.gpushare.sim.device;

import io.gpushare.sim.model.StepModel;
import java.util.Optional;

/**
 * @param step on the whole GPU
 * @param device UUID of what it is to use; empty for a tenant that needs no GPU
 * @param threadPercentage of the SMs that it may use under MPS
 */
public record SeatRequest(int pid, StepModel step, Optional<String> device, int threadPercentage, long seed) {}
