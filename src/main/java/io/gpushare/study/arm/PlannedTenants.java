package io.gpushare.study.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Tenants that do the same, as a plan has them.
 *
 * @param reference what finds their workload again: its name, or the path of its file
 * @param workload its name
 */
public record PlannedTenants(String reference, String workload, int count, JsonNode plan) {

    public static List<PlannedTenants> of(RunResult run) {
        List<PlannedTenants> planned = new ArrayList<>();
        int number = 0;
        for (JsonNode alike : run.plan().path("tenants")) {
            String reference = alike.path("workload").asText();
            int count = alike.path("count").asInt(1);
            String workload =
                    number < run.tenants().size() ? run.tenants().get(number).workload() : reference;
            planned.add(new PlannedTenants(reference, workload, count, alike));
            number += count;
        }
        return planned;
    }
}
