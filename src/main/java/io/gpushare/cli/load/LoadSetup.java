package io.gpushare.cli.load;

import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.LoadPlan;
import io.gpushare.load.LoadShape;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.http.Client;
import io.gpushare.load.http.Endpoint;
import io.gpushare.load.request.Requests;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the options come to.
 *
 * @param scenario of MLPerf, where one is asked for
 * @param peak bounds that the highest rate is to keep; none where one load is measured
 */
record LoadSetup(
        Endpoint target,
        Requests requests,
        Client.Settings client,
        LoadPlan plan,
        Optional<ScenarioPlan> scenario,
        List<Bound> peak,
        List<Bound> failIf) {
    private static final Duration USUAL_DURATION = Duration.ofSeconds(30);
    private static final Duration USUAL_STEP = Duration.ofSeconds(10);

    LoadSetup {
        peak = List.copyOf(peak);
        failIf = List.copyOf(failIf);
    }

    boolean searches() {
        return !peak.isEmpty();
    }

    static LoadSetup of(
            String url,
            LoadShapeOptions shape,
            LoadScenarioOptions scenarios,
            LoadRequestOptions sent,
            LoadLlmOptions llm,
            LoadGoalOptions goals) {
        boolean prompts = llm.wanted();
        Endpoint target = OptionText.read("load", "URL", () -> Endpoint.parse(url, llm.usualPath()));
        Requests requests = prompts ? prompts(shape, sent, llm) : sent.requests(shape.seed());
        List<Bound> peak = goals.peak();
        Optional<ScenarioPlan> scenario = scenarios.plan();
        if (scenario.isPresent() && !peak.isEmpty()) {
            throw GpushareException.usage(
                    "a scenario is about one rate, and --find-peak tries many",
                    "Use --find-peak without it: a percentile of latency is judged by the same rule.");
        }
        LoadShape wanted = peak.isEmpty()
                ? scenario.map(asked -> shape.shape(asked.scenario())).orElseGet(shape::shape)
                : OptionText.read("load", "--rate", () -> shape.atRate(shape.firstRate()));
        LoadPlan plan = new LoadPlan(
                wanted,
                shape.warmUp(),
                shape.duration(peak.isEmpty() ? scenarios.usualDuration(USUAL_DURATION) : USUAL_STEP),
                shape.timeout(),
                shape.seed(),
                goals.goal(),
                goals.abortIf(),
                !peak.isEmpty());
        if (scenario.filter(ScenarioPlan::official).isPresent()
                && plan.duration().compareTo(Scenario.OFFICIAL_DURATION) < 0) {
            throw GpushareException.usage(
                    "an official run lasts 600 s at least", "Leave out --duration, or --official.");
        }
        List<Bound> failIf = goals.failIf();
        if (!peak.isEmpty() && !(failIf.isEmpty() && plan.abortIf().isEmpty())) {
            throw GpushareException.usage(
                    "--fail-if and --abort-if are about one rate, and --find-peak tries many", "Leave out one.");
        }
        return new LoadSetup(target, requests, sent.settings(prompts), plan, scenario, peak, failIf);
    }

    private static Requests prompts(LoadShapeOptions shape, LoadRequestOptions sent, LoadLlmOptions llm) {
        sent.requireNoBody("--llm");
        sent.requireNoMix("--llm");
        return llm.requests(sent.headers(), shape.seed());
    }
}
