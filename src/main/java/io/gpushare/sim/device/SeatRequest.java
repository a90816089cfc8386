package io.gpushare.sim.device;

import io.gpushare.sim.model.StepModel;
import java.util.Map;
import java.util.Optional;

/**
 * @param step on the whole GPU
 * @param device UUID of what it is to use; empty for a tenant that needs no GPU
 * @param environment of its program, which says where it looks for an MPS daemon and what it may use there
 */
public record SeatRequest(
        int pid, StepModel step, Optional<String> device, Map<String, String> environment, long seed) {
    public SeatRequest {
        environment = Map.copyOf(environment);
    }
}
