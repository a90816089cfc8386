package io.gpushare.load.words;

import io.gpushare.load.LoadPlan;
import io.gpushare.load.http.Client;
import io.gpushare.load.request.Requests;
import io.gpushare.load.scenario.ScenarioPlan;
import java.util.Optional;

/**
 * A load that is to be put on a tenant.
 *
 * @param scenario of MLPerf, by whose rules it is judged, too; empty where none is asked for
 * @param path to which requests go that name none
 * @param said of when requests are sent, in words: {@code poisson 50/s}
 */
public record TenantLoad(
        LoadPlan plan,
        Optional<ScenarioPlan> scenario,
        Requests requests,
        Client.Settings client,
        String path,
        String said) {}
