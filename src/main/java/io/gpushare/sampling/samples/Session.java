package io.gpushare.sampling.samples;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What holds for a whole sampling run.
 *
 * @param startUnixNanos wall time at which elapsed time is 0
 * @param intervalNanos between two cheap readings
 * @param identity host, driver versions, GPUs and MIG devices, as the result file shows them
 */
public record Session(String toolVersion, long startUnixNanos, long intervalNanos, JsonNode identity) {}
